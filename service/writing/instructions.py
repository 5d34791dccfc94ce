"""A text in, whether it speaks to a machine rather than to readers out: orders to a model, links, coded text.

Language models follow what they read. Sentences that a news article has no reason to hold are not shown to them, and
never stand in an answer. That a sentence passes proves nothing: what a model makes of it is verified all the same.
"""

import re
import unicodedata

_NEAR = 300  # characters around a sentence in which orders make it suspect
_VERBS = (
    r"ignore|disregard|forget|override|bypass|discard|neglect|skip|drop|respond|reply|answer|output|print|repeat|"
    r"append|insert|include|begin|start|end|say|write|translate|reveal|decode|obey|follow|execute|pretend|act|always|"
    r"never|must|recommend|tell|emit|return|produce|add|put|cite|mention"
)
_MACHINE = (
    r"instructions?|prompts?|system messages?|guidelines|assistants?|language models?|chatbots?|llms?|gpt\S*|"
    r"ai (?:model|system|agent|tool)s?|the model|jailbreak|developer mode|your (?:answer|reply|response|output|rules)"
)
_ENGLISH = re.compile(
    rf"\b(?:{_VERBS})\b[^.!?\n]{{0,120}}\b(?:{_MACHINE})\b|\b(?:{_MACHINE})\b\W[^.!?\n]{{0,120}}\b(?:{_VERBS})\b|"
    r"\b(?:ignore|disregard|forget|override)\b[^.!?\n]{0,40}\b(?:previous|prior|above|preceding|earlier|everything)\b|"
    r"\b(?:ignore|disregard)\b[^.!?\n]{0,20}\b(?:question|rules?|reader)\b|"
    r"\bif you are an? (?:ai|llm|language model|bot)\b|"
    r"(?:^|[,:;.]\s*)(?:reply|respond|answer) with\b|"
    r"\byou (?:are|will|must|shall|should) (?:now|only|always|from now|act|answer|reply|respond|say|output|print)\b|"
    r"\b(?:dear|hey|attention|note to|message to|hello)\W+(?:the |all )?(?:ai|assistant|llm|chatbot|"
    r"language model|gpt)|"
    r"\b(?:system|assistant|user|developer)\s*(?:prompt|message|override|note)?\s*:\s|\bbegin (?:system|new|admin)\b|"
    r"\bnew (?:task|instructions?|rules?|orders?)\b\s*:|\bend of (?:evidence|article|context|data|document|prompt)\b|"
    r"^\W*(?:say|print|output|repeat|respond|reply|answer|write|echo|emit|append|decode)\b"
    r"(?![^\n]{0,60}\b(?:said|says)\b)"
    r"[^\n]{0,40}[:\"“'‘`«]|"
    r"\b(?:answer|reply|respond)(?:s|ed)?\b[^.!?\n]{0,60}"
    r"\b(?:only with|with only|exactly|verbatim|the (?:word|phrase|code|string|token))\b|"
    r"\b(?:the|a|this) (?:secret|magic|code|pass|trigger)[ -]?(?:word|phrase|code|token|string)s?\b[^.!?\n]{0,20}"
    r"\b(?:is|are)\b|"
    r"\b(?:correct|right|true|only|final|official|real) (?:answer|response|reply)\b[^.!?\n]{0,60}\b(?:is|are|:)",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"ignor(?:e|ez|er|a|are|ad|iere(?:n)?|uj|eer|era)\b[^.!?\n]{0,60}(?:instru|anweisung|consigne|istruzion|instruç|polec|"
    r"vorherig|précédent|anterior|precedent|vorige|tidigare)|"
    r"(?:oublie[zr]?|olvida|vergiss|vergessen sie|dimentica|esqueça|vergeet|zapomnij|glöm)\b[^.!?\n]{0,60}"
    r"(?:instru|anweisung|consigne|istruzion|tout|todo|alles|tutto|tudo|wszystk|allt)|"
    r"(?:réponds|répondez|responde|antworte|antworten sie|rispondi|responda|antwoord|odpowiedz|svara)\b[^.!?\n]{0,60}"
    r"(?:seulement|uniquement|solo|sólo|nur|soltanto|apenas|somente|alleen|tylko|bara|:|avec|con|mit|met|com)\b|"
    r"忽略|無視|无视|不要理会|指示を無視|以前的指令|之前的|系统提示|システムプロンプト|игнорируй|забудь|проигнорируй|инструкци|"
    r"تجاهل|التعليمات|무시하|지시를|지침을|अनदेखा|निर्देश|התעלם|הוראות|αγνόησε|bỏ qua|hướng dẫn trước|"
    r"önceki talimat|yok say|abaikan|instruksi sebelumnya",
    re.IGNORECASE,
)
_MARKUP = re.compile(
    r"https?://|www\.|&#x?\d|\\u[0-9a-f]{4}|%[0-9a-f]{2}%[0-9a-f]{2}", re.IGNORECASE
)
_MARKS = re.compile(
    r"!?\[[^\]\n]{0,200}\]\s?\(|javascript:|data:\w+/|<\s?/?\s?[a-z!][^>\n]{0,200}>|"
    r"<\||\|>|⟦|⟧|\[/?INST|```|\{\{|\}\}|<</?SYS",
    re.IGNORECASE,
)
_CODED = re.compile(
    r"\b(?=\w*[a-z]\w*[A-Z]\w*[a-z])(?=\w*\d|\w*[A-Z]\w*[A-Z])[A-Za-z0-9+/]{16,}={0,2}|[A-Za-z0-9+/]{8,}={1,2}(?!\w)|"
    r"\b(?=[a-f]*\d)[0-9a-fA-F]{16,}\b|\b(?:[0-9a-fA-F]{2}[ :]){7,}|\b(?:[01]{8} ?){2,}|(?:\\x[0-9a-f]{2}){3,}|"
    r"(?:[.\-]{1,5}[ /]+){6,}|(?:\b[A-Za-z0-9][ .\-_*]){6,}"
)
_TOLD_CODED = re.compile(
    r"\b(?:base64|rot13|hex(?:adecimal)?[- ](?:coded|encoded)|caesar cipher|morse)\b", re.IGNORECASE
)
_ALIKE = str.maketrans("аеорсухіѕАВЕКМНОРСТХІ０１３＠", "aeopcyxisABEKMHOPCTXI013@")  # Cyrillic that looks Latin
_BACKWARDS = ("erongi", "snoitcurtsni", "tpmorp", "dragersid")
_LEET = str.maketrans("013457@$", "oieastas")


def commands_machine(text: str) -> bool:
    """Whether a text gives orders to a machine, or holds what only a machine reads."""
    plain = unicodedata.normalize("NFKC", text)
    plain = "".join(one for one in plain if unicodedata.category(one) not in ("Cf", "Mn", "Co"))
    if any(_ENGLISH.search(form) for form in {plain, plain.translate(_ALIKE), plain.translate(_LEET)}):
        return True
    if any(word in plain.lower() for word in _BACKWARDS):
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
