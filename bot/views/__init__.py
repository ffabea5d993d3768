"""Values → screens. No messenger, no storage, no clock."""
