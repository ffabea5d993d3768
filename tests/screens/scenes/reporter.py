"""What somebody who reports is asked and told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.conversations.scene import Turn
from bot.screen import Screen, Verb
from bot.texts import say
from bot.views import reports
from scheduler.stimuli import Closing
from tests.screens.catalogue import scene
from tests.screens.stage import AN, CASE, KARIN, LIES, Chat, Stage

STORIES = {
    "nl": "Huurachterstal: {client}, {address}, 0470 00 01 12. 2 maanden, 1.240 euro. "
    "Ik ben van woonmaatschappij De Heide, we krijgen hem zelf niet te pakken.",
    "en": "Rent arrears: {client}, {address}, 0470 00 01 12. 2 months, 1,240 euros. "
    "I work for the housing company De Heide, we cannot reach him ourselves.",
    "fr": "Arriérés de loyer : {client}, {address}, 0470 00 01 12. 2 mois, 1.240 euros. "
    "Je travaille pour la société de logement De Heide, nous n'arrivons pas à le joindre.",
}


def story(stage: Stage) -> str:
    """Return one free message, in the stage's language."""
    return STORIES[stage.language[:2]].format(
        client=stage.own("Marc Verlinden"), address=stage.own("Kerkstraat 12 Weelde")
    )


def guided(stage: Stage, kind: str = "arrears") -> Chat:
    """Begin the guided form, and say what kind of message it is."""
    stage.only("ravels")
    chat = stage.stranger()
    chat.force(Verb.REPORT, arg="guided")
    chat.press(Verb.PICK, kind)
    return chat


def up_to(chat: Chat, field: str, stage: Stage) -> Chat:
    """Answer or skip until this is asked; what the form does not ask is a line of its summary."""
    for _ in range(20):
        if chat.asking == field:
            return chat
        if chat.asking == "client":
            chat.say(stage.own("Marc Verlinden")[:100].strip())
        elif chat.asking == "reach":
            chat.press(Verb.PICK, "chat")
        elif chat.asking == "summary":
            chat.press(Verb.CHANGE_LINE, field)
        else:
            chat.press(Verb.SKIP)
    raise AssertionError(f"{field} was never asked")


def reported(stage: Stage) -> None:
    """Lies has reported, and nobody has the case yet."""
    stage.only("ravels")
    stage.reports()


# Beginning


@scene
def welcome(stage: Stage) -> Turn:
    """Start, or a greeting."""
    stage.only("ravels")
    return stage.stranger().order("start")


@scene
def welcome_back(stage: Stage) -> Turn:
    """A greeting of somebody who has reported before."""
    reported(stage)
    return stage.chat(LIES).order("start")


@scene
def invited_only(stage: Stage) -> Turn:
    """A team that takes reports of invited people only."""
    stage.only("ravels")
    stage.team = replace(stage.team, intake_open=False)
    return stage.stranger().order("start")


@scene
def about(stage: Stage) -> Turn:
    """What this line is."""
    stage.only("ravels")
    return stage.stranger().force(Verb.ABOUT)


@scene
def about_both(stage: Stage) -> Turn:
    """What this line is, of a team with both ways of working."""
    return stage.stranger().force(Verb.ABOUT)


@scene
def ways(stage: Stage) -> Turn:
    """/report: in one's own words, or by questions?"""
    stage.only("ravels")
    return stage.stranger().order("report")


@scene
def free(stage: Stage) -> Turn:
    """In one's own words."""
    stage.only("ravels")
    return stage.stranger().force(Verb.REPORT, arg="free")


@scene
def which_procedure(stage: Stage) -> Turn:
    """A team with both ways of working asks what is going on."""
    return stage.stranger().force(Verb.REPORT, arg="guided")


@scene
def help_(stage: Stage) -> Turn:
    """/help."""
    stage.only("ravels")
    return stage.stranger().order("help")


@scene
def support(stage: Stage) -> Turn:
    """Support for my organisation."""
    stage.only("eropaf")
    return stage.stranger().force(Verb.SUPPORT)


# A report


@scene
def understood(stage: Stage) -> Turn:
    """One free message, read: each line is a button that changes it."""
    stage.only("ravels")
    return stage.stranger().say(story(stage))


@scene
def understood_eropaf(stage: Stage) -> list[Screen]:
    """A worry about a neighbour: what is missing is asked."""
    stage.only("eropaf")
    chat = stage.stranger()
    chat.force(Verb.REPORT, arg="guided")
    up_to(chat, "summary", stage)
    return chat.screens


@scene
def guided_kind(stage: Stage) -> Turn:
    """The first question: what kind of message?"""
    stage.only("ravels")
    chat = stage.stranger()
    return chat.force(Verb.REPORT, arg="guided")


@scene
def guided_fields(stage: Stage) -> list[Screen]:
    """Each question of the form, one after the other."""
    chat = guided(stage)
    up_to(chat, "summary", stage)
    return chat.screens


@scene
def guided_consent(stage: Stage) -> Turn:
    """A petition: does the landlord agree?"""
    return guided(stage, "petition").turn


@scene
def not_understood(stage: Stage) -> list[Screen]:
    """What is typed is not what was asked."""
    chat = guided(stage)
    up_to(chat, "summary", stage)
    before = len(chat.screens)
    for line, typed in (("phone", "12"), ("amount", "veel"), ("hearing", "31-02-2028")):
        chat.force(Verb.CHANGE_LINE, arg=line)
        chat.say(typed)
    chat.say("xyz")
    chat.say("01-09-2027")
    return chat.screens[before:]


@scene
def phone_left_out(stage: Stage) -> Turn:
    """A national number is left out."""
    chat = guided(stage)
    up_to(chat, "text", stage)
    return chat.say("85.07.30-033.28")


@scene
def changing_a_line(stage: Stage) -> Turn:
    """A line of the summary is changed."""
    chat = guided(stage)
    up_to(chat, "summary", stage)
    return chat.press(Verb.CHANGE_LINE, "phone")


@scene
def file_added(stage: Stage) -> Turn:
    """A photo of the claim."""
    chat = guided(stage)
    up_to(chat, "summary", stage)
    return chat.hand("photo", file_id="F1")


@scene
def file_refused(stage: Stage) -> Turn:
    """A sticker."""
    chat = guided(stage)
    up_to(chat, "summary", stage)
    return chat.hand("sticker", file_id="F1")


@scene
def cancel_asked(stage: Stage) -> list[Screen]:
    """Cancel, with words in the draft; then thrown away."""
    chat = guided(stage)
    up_to(chat, "address", stage)
    chat.press(Verb.CANCEL)
    chat.press(Verb.DISCARD)
    return chat.screens[-2:]


@scene
def days_later(stage: Stage) -> Turn:
    """A text to a draft of days ago."""
    chat = guided(stage)
    up_to(chat, "address", stage)
    stage.now += timedelta(days=2)
    return chat.say(stage.own("Dorp 1, Ravels"))


@scene
def draft_reminder(stage: Stage) -> Screen:
    """The next morning: a draft was left alone."""
    from bot.conversations.intake import draft_of

    chat = guided(stage)
    up_to(chat, "address", stage)
    draft = draft_of(chat.dialogue)
    assert draft is not None
    return reports.draft_reminder_screen(draft, stage.language)


@scene
def sent(stage: Stage) -> Screen:
    """What the summary becomes."""
    return reports.sent_screen(stage.language)


@scene
def sent_and_cleared(stage: Stage) -> Screen:
    """The same, where the team has the chat cleared of it."""
    return reports.sent_screen(stage.language, is_cleared=True)


@scene
def receipt(stage: Stage) -> Screen:
    """The receipt."""
    reported(stage)
    return reports.receipt_screen(stage.view, stage.of(LIES), stage.team, stage.now)


@scene
def receipt_eropaf(stage: Stage) -> Screen:
    """The receipt of an Eropaf report, on a Saturday."""
    stage.only("eropaf")
    stage.at("2027-09-18 11:00")
    stage.reports("eropaf")
    return reports.receipt_screen(stage.view, stage.of(LIES), stage.team, stage.now)


# Own reports


@scene
def my_reports(stage: Stage) -> Turn:
    """/reports: reference and three words."""
    reported(stage)
    stage.reports(id_=8, ref="B4WX-1N")
    stage.answers(KARIN, "assign", "assigned", 8, to=AN.id)
    stage.reports(id_=9, ref="T9CE-7V")
    stage.answers(KARIN, "assign", "assigned", 9, to=AN.id)
    stage.happens(Closing(by=AN.id, outcome="averted"), 9)
    return stage.chat(LIES).order("reports")


@scene
def my_reports_second_page(stage: Stage) -> Turn:
    """/reports of somebody with many, leafed through."""
    stage.only("ravels")
    for n in range(10, 20):
        stage.reports(id_=n, ref=f"B4WX-{n}")
    chat = stage.chat(LIES)
    chat.order("reports")
    return chat.press(Verb.MY_REPORTS, page=1)


@scene
def my_reports_none(stage: Stage) -> Turn:
    """/reports without any."""
    stage.only("ravels")
    return stage.chat(LIES).order("reports")


@scene
def add(stage: Stage) -> Turn:
    """Something to add."""
    reported(stage)
    return stage.chat(LIES).force(Verb.ADD, case=CASE)


@scene
def add_to_closed(stage: Stage) -> Turn:
    """Something to add to a closed report."""
    reported(stage)
    stage.answers(KARIN, "assign", "assigned", to=AN.id)
    stage.happens(Closing(by=AN.id, outcome="averted"))
    return stage.chat(LIES).force(Verb.ADD, case=CASE)


@scene
def add_a_date(stage: Stage) -> Turn:
    """A new date of eviction."""
    reported(stage)
    return stage.chat(LIES).force(Verb.ADD, case=CASE, arg="eviction")


@scene
def add_paid(stage: Stage) -> Turn:
    """They paid: sure?"""
    reported(stage)
    return stage.chat(LIES).force(Verb.ADD, case=CASE, arg="paid")


@scene
def add_withdraw(stage: Stage) -> Turn:
    """Withdraw the report: sure?"""
    reported(stage)
    return stage.chat(LIES).force(Verb.ADD, case=CASE, arg="withdraw")


@scene
def which_report(stage: Stage) -> Turn:
    """A text of somebody with an open report: new, or about that one?"""
    reported(stage)
    return stage.chat(LIES).say(story(stage))


@scene
def edited(stage: Stage) -> list[Screen]:
    """A message was changed after it was taken down; too many at once."""
    return [Screen(html=say(stage.language, key)) for key in ("edited", "flood")]


@scene
def too_many_reports(stage: Stage) -> Turn:
    """Another report, though the hour's are used up: it waits, and nothing is lost."""
    reported(stage)
    stage.team = replace(stage.team, reports_an_hour=1)
    chat = stage.chat(LIES)
    chat.force(Verb.REPORT, arg="guided")
    chat.press(Verb.PICK, "arrears")
    return up_to(chat, "summary", stage).press(Verb.SEND)


@scene
def file_not_kept(stage: Stage) -> list[Screen]:
    """A file could not be kept, for each reason."""
    reported(stage)
    whys = ("empty", "large", "kind", "pixels", "full", "gone")
    ref = stage.view.ref
    return [Screen(html=say(stage.language, "file-refused", ref=ref, why=why)) for why in whys]
