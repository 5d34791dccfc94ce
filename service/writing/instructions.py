"""A text in, whether it speaks to a machine rather than to readers out: orders to a model, links, coded text.

Language models follow what they read. Sentences that a news article has no reason to hold are not shown to them, and
never stand in an answer. That a sentence passes proves nothing: what a model makes of it is verified all the same.
"""

import re
import unicodedata

_NEAR = 300  # characters around a sentence in which orders make it suspect
_UNDO = r"ignore|disregard(?! (?:for|of)\b)|forget|override|bypass|discard"
_SAY = (
    r"respond|reply|answer|output|print|repeat|append|insert|include|begin|start|end|say|write|translate|reveal|decode|"
    r"obey|execute|pretend|act|recommend|tell|emit|return|produce|add|put|cite|mention"
)
_MODEL = (
    r"ai (?:model|system|agent|tool|assistant)s?|(?:language|chat) models?|chatbots?|llms?|gpt\S*|digital assistants?"
)
_RULES = r"instructions?|prompts?|system messages?|guidelines|guardrails|rules"
_OURS = r"system prompt|jailbreak|developer mode|your (?:answer|reply|response|output|rules|instructions|prompt)"
_MUST = r"(?:please|must|shall|should|(?:will|may) (?:now|only|always)|(?:is|are|has|have|needs?) to)"
_ORDERS = (  # the words of an order alone are no order: residents follow guidelines, and schools give instruction
    rf"\b(?:{_UNDO})\b[^.!?\n]{{0,40}}\b(?:above|preceding|everything|(?:previous|prior|earlier) (?:\w+ )?"
    rf"(?:{_RULES}|texts?|messages?|context|orders?|directions?|passages?|tasks?))\b",
    rf"\b(?:{_UNDO})\b (?:your|these|those|all|any|the|my|following) (?:\w+ ){{0,2}}(?:{_RULES}|{_MODEL})\b",
    rf"\b(?:{_UNDO})\b[^.!?\n]{{0,20}}\b(?:question|reader|system messages?)\b",
    rf"\b(?:{_UNDO}|{_SAY})\b[^.!?\n]{{0,120}}\b(?:{_OURS})\b",
    rf"\b(?:{_OURS})\b\W[^.!?\n]{{0,120}}\b(?:{_UNDO}|{_SAY})\b",
    rf"\b(?:{_MODEL}|the assistant|assistants)\b[^.!?\n]{{0,80}}?\W{_MUST}\W+(?:\w+\W+){{0,2}}(?:{_SAY})\b",
    rf"\bthe model {_MUST} (?:\w+ )?(?:say|answer|output|print|reply|respond|write|repeat|mention|tell)\b",
    rf"\b(?:{_MODEL}|assistants?)\s*[:,]\s*(?:please |now |you |must |and ){{0,3}}(?:{_UNDO}|{_SAY})\b",
    r"\bif you are an? (?:ai|llm|language model|bot)\b",
    r"\byour (?:\w+ ){0,2}(?:answer|output|reply|response)s? (?:is|are|must|shall|should|will)\b",
    r"\b(?:answers?|repl(?:y|ies)|responses?|summar(?:y|ies)|outputs?) (?:\w+ ){0,2}(?:(?:any|every|each|all|whatever) "
    r"questions?|this (?:article|report|story|text))\b[^.!?\n]{0,60}"
    r"\b(?:is|are|must|should|would|contains?|mentions?|carry|includes?)\b",
    r"(?:^|[,:;.]\s*)(?:reply|respond|answer) with\b",
    r"\byou (?:are|will|must|shall|should) (?:(?:now|only|always|from now on) )*"
    r"(?:answer|reply|respond|say|output|print|act as)\b",
    r"\byou are (?:now|from now on) (?:an? |the |in |(?-i:[A-Z]{2}))",
    r"\b(?:dear|hey|attention|note to|message to|hello)\W+(?:the |all )?"
    r"(?:ai|assistant|llm|chatbot|language model|gpt)",
    r"(?:^|[.!?#\])>*-]\s*|(?-i:\b(?=[A-Z])))(?:system|assistant|user|developer)\s*"
    r"(?:prompt|message|override|note)?\s*:\s",
    r"\b(?:begin (?:system|new|admin)|new (?:task|instructions?|rules?|orders?))\b\s*:",
    r"\bend of (?:evidence|article|context|data|document|prompt)\b",
    r"^\W*(?:say|print|output|repeat|respond|reply|write|emit|append|decode)\b(?![^\n]{0,60}\b(?:said|says)\b)"
    r"[^\n]{0,40}[:\"“'‘`«]",
    r"^\W*(?:answer\s*:\s*(?:\S+\s*){1,4}$|echo\b[^\n]{0,40}:)",
    r"\b(?:answer|reply|respond)(?:s|ed)?\b[^.!?\n]{0,60}"
    r"\b(?:only with|with only|exactly|verbatim|the (?:word|phrase|code|string|token))\b",
    r"\b(?:the|a|this) (?:secret|magic|code|pass|trigger)[ -]?(?:word|phrase|code|token|string)s?\b[^.!?\n]{0,20}"
    r"\b(?:is|are)\b",
    r"\b(?:correct|right|true|only|final|official|real) (?:answer|response|reply)\b(?: to [^.!?\n]{0,50})?"
    r"(?: here| now)?\W{0,2}(?:is|are|:)",
)
_ENGLISH = re.compile("|".join(_ORDERS), re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"ignor(?:e|ez|er|a|are|ad|iere(?:n)?|uj|eer|era)\b[^.!?\n]{0,60}(?:instru|anweisung|consigne|istruzion|instruç|polec|"
    r"vorherig|précédent|anterior|precedent|vorige|tidigare)|"
    r"(?:oublie[zr]?|olvida|vergiss|vergessen sie|dimentica|esqueça|vergeet|zapomnij|glöm)\b[^.!?\n]{0,60}"
    r"(?:instru|anweisung|consigne|istruzion|tout|todo|alles|tutto|tudo|wszystk|allt)|"
    r"(?:réponds|répondez|responde|antworte|antworten sie|rispondi|responda|antwoord|odpowiedz|svara)\b[^.!?\n]{0,60}"
    r"(?:seulement|uniquement|solo|sólo|nur|soltanto|apenas|somente|alleen|tylko|bara|:|avec|con|mit|met|com)\b|"
    r"忽略|無視|无视|不要理会|指示を無視|以前的指令|之前的|系统提示|システムプロンプト|игнорируй|забудь|проигнорируй|инструкци|"
    r"تجاهل|التعليمات|무시하|지시를|지침을|अनदेखा|निर्देश|התעלם|הוראות|αγνόησε|bỏ qua|hướng dẫn trước|"
    r"önceki talimat|yok say|abaikan|instruksi sebelumnya|"
    r"(?:si eres|si tu es|si vous êtes|wenn du|se sei|se você é|als je|om du är) (?:(?:una?|une|eine?|uma|een|en) )?"
    r"(?:inteligencia|intelligence|intelligenz|intelligenza|inteligência|modelo|modèle|modello|modell?|ki\b|ia\b)",
    re.IGNORECASE,
)
_TICKER = r"(?-i:[A-Z][\w.,&'’-]*(?: [A-Z&\d][\w.,&'’-]*)*>)"  # wire copy has companies and stocks in angle brackets
_ROLES = r"system|assistant|user|developer|admin|important|instructions?|prompt|script|img|iframe|svg"
_MARKS = re.compile(
    rf"!?\[[^\]\n]{{0,200}}\]\s?\(|javascript:|data:\w+/|<(?!(?!{_ROLES}){_TICKER})\s?/?\s?[a-z!][^>\n]{{0,200}}>|"
    r"<\||\|>|⟦|⟧|\[/?INST|```|\{\{|\}\}|<</?SYS|\[\[|\]\]|\[/\w|\[\w+_\w+|[{\[]\s*[\"']\w+[\"']\s*:|"
    r"&(?:lt|gt|quot);|\\u[0-9a-f]{4}",
    re.IGNORECASE,
)
_COMPOUND = r"[a-z]*(?:[A-Z]{1,3}[a-z]{2,}|/[a-z]*)*(?:[A-Z]{0,4}|\d*)(?![\w+/=])"  # names like UnitedHealthcare
_CODED = re.compile(
    rf"\b(?!{_COMPOUND})(?=\w*[a-z]\w*[A-Z]\w*[a-z])(?=\w*\d|\w*[A-Z]\w*[A-Z])[A-Za-z0-9+/]{{16,}}={{0,2}}|"
    r"(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{8,}={1,2}(?!\w)|\b(?=[a-f]*\d)(?=\d*[a-fA-F])[0-9a-fA-F]{16,}\b|"
    r"\b(?:[0-9a-fA-F]{2}[ :]){7,}|\b(?:[01]{8} ?){2,}|(?:\\x[0-9a-f]{2}){3,}|"
    r"(?:[.\-]{1,5}[ /]+){6,}|(?:\b[A-Za-z0-9][ .\-_*]){6,}"
)
_TOLD_CODED = re.compile(
    r"\b(?:base64|rot13|hex(?:adecimal)?[- ](?:coded|encoded)|caesar cipher|in morse)\b", re.IGNORECASE
)
_MARKUP = re.compile(r"https?://|www\.|&#x?\d|%[0-9a-f]{2}%[0-9a-f]{2}", re.IGNORECASE)
_ALIKE = str.maketrans("аеорсухіѕАВЕКМНОРСТХІ０１３＠", "aeopcyxisABEKMHOPCTXI013@")  # Cyrillic that looks Latin
_BACKWARDS = ("erongi", "snoitcurtsni", "tpmorp", "dragersid", "rewsna", "ylper", "tuptuo")
_LEET = str.maketrans("013457@$", "oieastas")


def commands_machine(text: str) -> bool:
    """Whether a text gives orders to a machine, or holds what only a machine reads."""
    marked = unicodedata.normalize("NFKC", text)
    plain = "".join(one for one in marked if unicodedata.category(one) not in ("Cf", "Mn", "Co"))
    if any(_ENGLISH.search(form) for form in {plain, plain.translate(_ALIKE), plain.translate(_LEET)}):
        return True
    if any(word in plain.lower() for word in _BACKWARDS):
        return True
    if _ELSEWHERE.search(marked):  # Hindi is not written without its marks
        return True
    return any(pattern.search(plain) for pattern in (_ELSEWHERE, _CODED, _TOLD_CODED, _MARKS))


def holds_markup(text: str) -> bool:
    """Whether a text holds a link, an image, markup or the marks of a prompt, which no sentence of an answer has."""
    return any(pattern.search(text) for pattern in (_MARKUP, _MARKS))


def is_tainted(text: str, start: int, end: int) -> bool:
    """Whether a sentence of an article, or what stands close to it in its paragraph, gives orders to a machine."""
    left = max(text.rfind("\n", 0, start) + 1, start - _NEAR)
    right = text.find("\n", end)
    around = text[left : min(len(text) if right < 0 else right, end + _NEAR)]
    return commands_machine(around) or holds_markup(text[start:end])
