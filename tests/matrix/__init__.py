"""Every way in, tried by everybody: who learns or changes what of a case (P8, S3, S6, S21)."""
