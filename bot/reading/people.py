"""Finds who a free message is about, and who writes it. Two people are two, never a choice."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.reading.words import flatten, fold, fold_name, without_title

NAME_WORDS_MAX: Final = 6
"""Words of the longest name that is taken for one person's."""

MASK: Final = "█"
"""Stands in a text where an address was found, so that it is not read twice."""

COVER: Final = "▒"
"""Stands in a text where anything else was found."""


class Role(StrEnum):
    """What the reporter is to the client (R-22, E-11)."""

    SOCIAL_LANDLORD = "social_landlord"
    RENTAL_AGENCY = "rental_agency"
    LANDLORD = "landlord"
    NEIGHBOUR = "neighbour"
    FAMILY = "family"
    FRIEND = "friend"
    CARE = "care"
    SOCIAL_WORK = "social_work"
    BAILIFF = "bailiff"
    LAWYER = "lawyer"
    POLICE = "police"
    SCHOOL = "school"
    TENANT = "tenant"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationFound:
    """What the reporter says to be, `words` as typed, and their organisation when one is named."""

    role: Role
    words: str
    organisation: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NameFound:
    """A person's name without form of address, and its place in the text."""

    name: str
    start: int
    end: int


# ------------------------------------------------------------------------------------------ names

_KIND_WORDS: Final = (
    r"(?:huurachterstal\w*|huurachterstand\w*|achterstal\w*|achterstand|uithuiszetting|ontruiming"
    r"|huisuitzetting|rent arrears|arrears|eviction|arrieres(?: de loyer)?|loyers? impayes?"
    r"|retard de loyer|expulsion|requete|citation|melding|report|signalement|verzoekschrift"
    r"|vordering|dagvaarding)"
)
_PEOPLE_WORDS: Final = (
    r"(?:huurders?|huurster|client(?:e|en)?|clients?|klant|bewoners?|bewoonster|buurman|buurvrouw"
    r"|tenants?|locataires?|neighbou?r|voisine?|meneer|mijnheer|de heer|dhr\.?|mevrouw|mevr\.?"
    r"|mw\.?|mr\.?|mrs\.?|ms\.?|monsieur|madame|mme\.?|mlle\.?|m\.|familie|fam\.?|gezin|famille"
    r"|beneficiaire|usagere?|inwoner|inwoonster)"
)
_OF_CLIENT: Final = (
    r"(?:buur(?:man|vrouw|t)?|neighbou?r|voisine?|zoon|dochter|broer|zus|moeder|vader"
    r"|vriend(?:in)?"
    r"|tante|oom|nicht|neef|son|daughter|brother|sister|mother|father|friend|fils|fille|frere"
    r"|soeur"
    r"|mere|pere|amie?|verple(?:egkundige|egster|ger)|wijkverpleegkundige|thuisverpleegkundige"
    r"|huisarts|dokter|nurse|doctor|infirmiere?|medecin|begeleid(?:er|ster)|woonbegeleid(?:er"
    r"|ster)"
    r"|verhuurder|huisbaas|eigenaar|landlord|owner|bailleur|proprietaire|advocaat|lawyer|avocate?"
    r"|bewindvoerder|hulpverlener|social worker|assistante? sociale?"
    r"|maatschappelijk werk(?:er|ster))"
)
_CUE: Final = re.compile(
    rf"\b(?:{_PEOPLE_WORDS}(?: (?:heet|is|named|called|nommee?|genaamd))?"
    r"|naam|heet|genaamd|named|called|s'appelle|nommee?|betreft|concerne|concerning|about|over"
    r"|au sujet de|inquiete? pour"
    rf"|{_OF_CLIENT} (?:van|of|de|d'|du)"
    rf"|{_KIND_WORDS} (?:van|bij|voor|of|for|de|pour|chez|door|tegen|by))"
    r"(?: (?:van|de|the|of|le|la))?[ :]{1,2}$"
    rf"|\b{_KIND_WORDS} ?[:\-–,] ?$"
)
_TITLED: Final = re.compile(
    r"\b(?:meneer|mijnheer|de heer|dhr\.?|mevrouw|mevr\.?|mw\.?|mr\.?|mrs\.?|ms\.?|monsieur|madame"
    r"|mme\.?|mlle\.?|m\.|familie|fam\.?|gezin|famille|huurder|huurster|tenant|locataire) $"
)
_REPORTER_CUE: Final = re.compile(
    r"(?:\b(?:ik ben|mijn naam is|ik heet|i am|i'm|my name is|je suis|je m'appelle|mon nom est"
    r"|this is|met)(?: de| the)?"
    r"|(?:groet(?:en|jes)?|mvg|regards|thanks|bedankt|dank u|cordialement|merci|salutations)"
    r"[,.!]?)[ \n]+$"
)
_LIVES: Final = re.compile(
    rf"(?:,? ?(?:\(|wonende|woont|wonend|die woont|lives|living|who lives|habite|habitant"
    rf"|domiciliee?|op het adres|adres:?|address:?|adresse:?))?[ ,:\n]*"
    rf"(?:in|op|te|aan|at|on|a|au)?(?: de| het| the| la| le)? ?{MASK}"
)
_WORD: Final = re.compile(r"(?:[^\W\d_]\.){1,4}|[^\W\d_]+(?:['’.-][^\W\d_]+)*")
_PARTICLES: Final = frozenset(
    re.split(r" ", "van de der den het ter ten 't du des la le da dos von zu el al ben bin op")
)
_NO_NAME: Final = frozenset(
    re.findall(
        r"\S+",
        "ik wij we hij zij ze het een er is de die dat dit deze mijn onze zijn haar hun u uw niet"
        " nog al huurachterstal huurachterstand achterstal achterstand huurder huurster client"
        " klant buurman buurvrouw beste dag hallo goedendag goedemorgen geachte hoi bonjour"
        " bonsoir madame monsieur je il elle nous vous ils mon ma mes notre nos son sa le les"
        " un une des locataire tenant the he she they my our his her its i a dear hello hi"
        " good morning landlord bailleur rent arrears arrieres loyer eviction expulsion zitting"
        " uithuiszetting ontruiming huisuitzetting dagvaarding vordering verzoekschrift"
        " vredegerecht hearing audience tel telefoon telephone phone gsm mobiel adres address"
        " adresse naam name nom bedrag amount montant melding report signalement ocmw cpas caw svk"
        " slsp sisp ais shm swl ggd requete citation bailleur huissier loyers impayes"
        " maandag dinsdag woensdag donderdag vrijdag zaterdag zondag monday tuesday wednesday"
        " thursday friday saturday sunday januari februari maart april mei juni juli augustus"
        " september oktober november december january february march may june july august october"
        " groeten groetjes mvg bedankt dank alvast merci cordialement regards met sinds since"
        " depuis voor over met bij in op te en et and maar but mais als of ook graag vandaag"
        " morgen gisteren today tomorrow woonmaatschappij corporatie woningcorporatie heer mevrouw"
        " mevr dhr mw mr mrs ms mme mlle dr drs mej mijnheer meneer familie fam gezin vanwege"
        " wegens dringend urgent sos help kan kunnen kunt please svp aub twee drie two three deux"
        " trois geen no pas",
    )
)


_PLACE: Final = re.compile(
    r"(?:[a-z]{2,}(?:straat|laan|steenweg|plein|dreef|dorp|gracht|singel|kade|hoek|heide|markt|weg)"
    r"|rue|avenue|chaussee|boulevard|place|quai|chemin)\b"
)
"""A street without a number, which no given name looks like: "Achterdorp Weelde" is nobody."""


def find_names(text: str, *, french: bool = False) -> tuple[NameFound, ...]:
    """Return the people whom `text` is about, each once, the fullest form of each name.

    `text` is cleaned and holds MASK where addresses stood; `french`: "M." is Monsieur. A name
    counts when something beside it says so: "huurder …", "Huurachterstal: …", an address after
    it, or a clause of its own. The reporter's own name does not. Never raises. Source: row 36.
    """
    flat = flatten(text)
    found = [
        run
        for run in _runs(text, french=french)
        if not _REPORTER_CUE.search(flat[max(0, run.start - 40) : run.start])
        and not _PLACE.match(flatten(run.name))
        and _is_about(flat, run)
    ]
    return tuple(_distinct(found))


def _is_about(flat: str, run: NameFound) -> bool:
    before = flat[max(0, run.start - 60) : run.start]
    if len(run.name.split()) == 1:
        return _TITLED.search(before) is not None
    if _CUE.search(before) or _LIVES.match(flat, run.end):
        return True
    starts = re.search(
        r"(?:^|[\n,;.·•()]|\b(?:en|and|et|&|\+)| [-–] )[ \-–*]*(?:\d+[.)] *)?$", before
    )
    ends = re.match(r" *(?:$|[\n,;.·•()]|(?:en|and|et)\b|[&+]|[-–] )", flat[run.end :][:8])
    return starts is not None and ends is not None


def _runs(text: str, *, french: bool) -> Iterator[NameFound]:
    """Return each run of capitalised words, particles between them, that may be a name."""
    words = list(_WORD.finditer(text))
    index = 0
    while index < len(words):
        if not _begins_name(words[index][0]):
            index += 1
            continue
        stop = index + 1
        while stop < len(words) and stop - index < NAME_WORDS_MAX:
            between = text[words[stop - 1].end() : words[stop].start()]
            if between != " " or not _continues_name(words, stop):
                break
            stop += 1
        while fold(words[stop - 1][0]) in _PARTICLES and stop > index + 1:
            stop -= 1
        start, end = words[index].start(), words[stop - 1].end()
        name = without_title(text[start:end], french=french)
        yield NameFound(name=name, start=end - len(name), end=end)
        index = stop


def _begins_name(word: str) -> bool:
    return word[0].isupper() and fold(word) not in _NO_NAME and len(word) > 1


def _continues_name(words: list[re.Match[str]], index: int) -> bool:
    word = words[index][0]
    if word.lower() in _PARTICLES:
        return True
    return word[0].isupper() and fold(word) not in _NO_NAME


def _distinct(found: list[NameFound]) -> list[NameFound]:
    """Return one of each person, the fullest; "Verlinden" is Marc Verlinden."""
    kept: list[NameFound] = []
    for one in sorted(found, key=lambda run: -len(fold_name(run.name))):
        words = set(fold_name(one.name))
        if not any(words <= set(fold_name(other.name)) for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda run: run.start)


# --------------------------------------------------------------------------------------- relation

_ROLES: Final = (
    (
        Role.SOCIAL_LANDLORD,
        (
            r"woonmaatschappij|(?:sociale )?huisvestingsmaatschappij|shm|woningcorporatie"
            r"|corporatie"
            r"|woningbouw\w*|woonconsulente?|societe de logement(?: social| de service public)?"
            r"|slsp|sisp|logement (?:social|public)"
            r"|(?:social )?housing (?:company|association|corporation)"
        ),
    ),
    (
        Role.RENTAL_AGENCY,
        (r"svk|sociaal verhuurkantoor|social rental agency|ais|agence immobiliere sociale"),
    ),
    (
        Role.SOCIAL_WORK,
        (
            r"maatschappelijk (?:werker|werkster|assistente?)|(?:schuld)?hulpverle(?:ner|ning"
            r"|enster)|caw|buurtteam|sociaal team|sociaal raads(?:man|vrouw)|wijkcoach|budgetcoach"
            r"|gemeente|klantmanager|ambulant begeleid(?:er|ster)|leger des heils|casemanager"
            r"|ocmw|cpas|wijkteam|woonbegeleid(?:er|ster)|begeleid(?:er|ster)|social worker"
            r"|assistante? sociale?|travailleu(?:r|se) sociale?|service social|educat(?:eur|rice)"
            r"|mediat(?:eur|rice) de dettes|administrat(?:eur|rice) de biens|bewindvoerder"
            r"|buurtwerker|sociaal werker"
        ),
    ),
    (
        Role.CARE,
        (
            r"(?:wijk|thuis)?verple(?:egkundige|egster|ger)|huisarts|dokter|thuiszorg|nurse|gp"
            r"|doctor|infirmiere?|medecin(?: traitant)?|aide[- ](?:familiale|soignante|menagere)"
            r"|soins a domicile|district nurse|gezinszorg|kraamzorg|psycholo(?:og|gist|gue)"
        ),
    ),
    (
        Role.NEIGHBOUR,
        (r"(?:boven|onder|over)?buur(?:man|vrouw|t)?|buren|neighbou?rs?|voisin(?:e|s)?"),
    ),
    (
        Role.FAMILY,
        (
            r"zoon|dochter|broer|zus|zuster|moeder|vader|mama|papa|ex-?(?:man|vrouw|partner)?"
            r"|nicht|neef|tante|oom|kleinzoon|kleindochter|familie(?:lid)?|partner|schoon\w+|son"
            r"|daughter"
            r"|brother|sister|mother|father|wife|husband|fils|fille|frere|soeur|mere|pere|cousine?"
            r"|oncle|neveu|niece|epou(?:x|se)|mari|conjointe?|compagne|compagnon|beau-\w+"
            r"|belle-\w+"
        ),
    ),
    (Role.FRIEND, r"vriend(?:in)?|kennis|friend|amie?"),
    (Role.BAILIFF, r"(?:gerechts)?deurwaarder|bailiff|huissier(?: de justice)?"),
    (Role.LAWYER, r"advocate?|advocaat|lawyer|solicitor|avocate?"),
    (Role.POLICE, r"politie|wijkagent|police|police officer|agent de quartier|policiere?"),
    (
        Role.SCHOOL,
        (
            r"school|leerkracht|leraar|lerares|juf|meester|teacher|enseignante?|ecole|clb|cpms"
            r"|institut(?:eur|rice)"
        ),
    ),
    (
        Role.LANDLORD,
        (
            r"verhuurder|verhuurster|huisbaas|huisbazin|eigenaar|eigenares|landlord|landlady|owner"
            r"|bailleur|bailleresse|proprietaire|syndicus|syndic|immokantoor|vastgoedkantoor"
            r"|agence immobiliere(?! sociale)|regie|gestionnaire"
        ),
    ),
    (Role.TENANT, r"huurder|huurster|tenant|locataire"),
)
_ROLE_SHAPES: Final = tuple((role, re.compile(rf"\b(?:{words})\b")) for role, words in _ROLES)

_ARTICLE: Final = (
    r"(?:(?:de|het|een|zijn|haar|hun|the|a|an|his|her|their|le|la|un|une|son|sa|leur) |l')"
)
_FROM: Final = (
    r"(?:(?:van|bij|from|with|at|of|de chez|chez|du|de la|de|des|werkzaam bij|medewerker van"
    r"|medewerkster van) |d'|de l')"
)
_I_AM: Final = r"\b(?:ik ben|wij zijn|we zijn|i am|i'm|we are|we're|je suis|nous sommes)"
_SAYS_WHO: Final = (
    re.compile(rf"{_I_AM} (?P<from>{_FROM})?(?P<words>{_ARTICLE}?[a-z].*)", re.DOTALL),
    re.compile(
        r"\b(?:ik werk|wij werken|we werken|i work|we work|je travaille|nous travaillons)"
        r" (?P<from>(?:als|bij|voor|as|for|at|with|pour|chez|a|comme|au|dans) )(?P<words>.*)",
        re.DOTALL,
    ),
    re.compile(
        r"\b(?P<from>namens|in naam van|au nom d[eu]|de la part d[eu]|on behalf of) (?P<words>.*)",
        re.DOTALL,
    ),
    re.compile(
        rf"(?:^|[.\n] ?|, ?)(?P<from>als|as|en tant que?) (?P<words>{_ARTICLE}?[a-z].*)", re.DOTALL
    ),
)
_SIGNED: Final = re.compile(
    rf"(?:[.!?\n]|[.!?] )(?P<name>[a-z][a-z'-]+),? {_FROM}"
    rf"(?P<words>{_ARTICLE}?[a-z][^.!?\n]{{1,70}})[.! \n]*$"
)
_MY: Final = re.compile(
    r"\b(?:mijn|onze|my|our|mon|ma|notre) (?P<words>(?:buur(?:man|vrouw)?|neighbou?r|voisine?"
    r"|(?:ex-)?huurders?|huurster|tenants?|locataire|zoon|dochter|broer|zus|moeder|vader|son"
    r"|daughter|brother|sister|mother|father|fils|fille|frere|soeur|mere|pere|vriend|vriendin"
    r"|friend|amie?))\b"
)
# The other side of "my …": who has a tenant is a landlord.
_MIRRORED: Final = {Role.TENANT: Role.LANDLORD}
_PHRASE_END: Final = re.compile(
    r"[,.;:!?()\n▒█]|\s(?:en|and|et|maar|but|mais|we|wij|ik|die|omdat|because|want|car|i|je|nous"
    r"|who|qui|over|about|met|voor|wil|krijg\w*|maak\w*|bel|meld\w*|would|am|want|suis|ai)\b"
)
_PHRASE_MAX: Final = 70


def find_relation(text: str) -> RelationFound | None:
    """Return what the reporter says to be to the client; None when unsaid, or said in two ways.

    Only from the reporter's own words about themselves ("ik ben …", "namens …", "mijn buurman"),
    so a bailiff who is only mentioned is not the reporter. `text` is cleaned; never raises.
    """
    flat = flatten(text)
    found = [one for shape in _SAYS_WHO for one in _said(text, flat, shape)]
    found = found or _signed(text, flat)
    if not found:
        found = [one for match in _MY.finditer(flat) if (one := _mirrored(text, match))]
    roles = {(one.role, fold(one.organisation or "")) for one in found}
    return found[0] if len(roles) == 1 else None


def _signed(text: str, flat: str) -> list[RelationFound]:
    """Return the relation in a first name with an organisation that ends the text.

    With a surname too it may as well be the client, "Marc Verlinden van SVK Noorderkempen".
    """
    match = _SIGNED.search(flat)
    if match is None or not text[match.start("name")].isupper():
        return []
    if re.fullmatch(_PEOPLE_WORDS, match["name"]):
        return []
    one = _relation(text, match.start("words"), match.end("words"))
    return [one] if one is not None else []


def _said(text: str, flat: str, shape: re.Pattern[str]) -> Iterator[RelationFound]:
    position = 0
    while match := shape.search(flat, position):
        start = match.start("words")
        position = start
        stop = _PHRASE_END.search(flat, start)
        end = min(stop.start() if stop else len(flat), start + _PHRASE_MAX)
        one = _relation(text, start, end)
        if one is not None:
            yield one


def _relation(text: str, start: int, end: int) -> RelationFound | None:
    """Return the relation in the phrase, when it has a word for one."""
    words = text[start:end].rstrip()
    flat = flatten(words)
    for role, shape in _ROLE_SHAPES:
        match = shape.search(flat)
        if match is None or _is_of_another(flat[: match.start()]):
            continue
        words = _without_client(words, match)
        organisation = _organisation(words, match)
        return RelationFound(
            role=role,
            words=words[match.start() :],
            organisation=organisation,
            start=start + match.start(),
            end=start + len(words),
        )
    return None


def _without_client(words: str, match: re.Match[str]) -> str:
    """Return the phrase without the client in "wijkverpleegkundige van Els Bakker"."""
    of_client = re.match(rf"{_OF_CLIENT}$", match[0])
    rest = re.match(r" (?:van|of|de|d'|du) (.*)", flatten(words[match.end() :]), re.DOTALL)
    if of_client is None or rest is None:
        return words
    is_organisation = any(shape.search(rest[1]) for role, shape in _ROLE_SHAPES[:3])
    if is_organisation or re.match(r"(?:de|het|'t|la|le|les|the) ", rest[1]):
        return words
    return words[: match.end()]


def _is_of_another(before: str) -> bool:
    """Return whether the word is another's: "bang dat de deurwaarder", "geen familie"."""
    return re.search(r"\b(?:dat|that|que|geen|niet|not|no|pas|door|by|par)\b", before) is not None


def _organisation(words: str, match: re.Match[str]) -> str | None:
    """Return the capitalised name after the word for it, or that word itself ("OCMW Ravels")."""
    after = re.match(
        r" (?:(?:van|of|bij|from|at|with|chez|a|à|au|aux|du|de) )?((?:[A-ZÀ-Þ][\w'’&-]*)"
        r"(?: (?:[A-ZÀ-Þ][\w'’&-]*|[a-z]{1,3}(?= [A-ZÀ-Þ])))*)",
        words[match.end() :],
    )
    typed = words[match.start() : match.end()]
    own = typed if typed.isupper() and len(typed) > 1 else ""
    name = f"{own} {after[1] if after else ''}".strip()
    return name or None


def _mirrored(text: str, match: re.Match[str]) -> RelationFound | None:
    one = _relation(text, match.start("words"), match.end("words"))
    if one is None:
        return None
    return RelationFound(
        role=_MIRRORED.get(one.role, one.role),
        words=text[match.start() : match.end()],
        organisation=None,
        start=match.start(),
        end=match.end(),
    )
