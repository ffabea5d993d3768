# What the channel reads of a case, and what coordinators hear about its topics.

topic-closed = closed · { $at }
topic-reopened = reopened · { $at }
topic-phase = { $before } → { $after }
topic-moved = is with { $name } now · { $at }
topic-with-coordinator = the coordinator decides who takes this

topics-no-rights = I may not make topics in the channel. Give me, as an administrator, the right <i>Manage topics</i>. Until then I write in the group itself.
topics-refused = Making topics does not work in the channel. I write in the group itself; nothing is lost.
topics-not-forum = The channel has no topics any more. I write in the group itself now.
topics-gone = The topic of <code>{ $ref }</code> is gone, or locked. What is still to come I write in the group itself.
