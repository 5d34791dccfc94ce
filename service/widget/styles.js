// @ts-check
/** How the panel looks. Custom properties that pages may set begin with `--footnote-`; see README.md. */

export const SHEET = new CSSStyleSheet();
SHEET.replaceSync(`
.root{
--ink:var(--footnote-text,light-dark(#1d1c1a,#edebe7));
--soft:var(--footnote-muted,light-dark(#5d5a54,#aaa69e));
--wash:var(--footnote-raised,light-dark(#f6f5f2,#272523));
--line:var(--footnote-border,light-dark(#e2dfd9,#3b3835));
--marker:var(--footnote-mark,light-dark(#fdeca6,#5c4b12));
--onmarker:var(--footnote-on-mark,light-dark(#1d1c1a,#fff6d6));
--danger:var(--footnote-danger,light-dark(#a02a1c,#ffab9e));
--focus:var(--footnote-focus,var(--accent));
--tint:color-mix(in srgb,var(--accent) 15%,transparent);
--shadow:var(--footnote-shadow,0 2px 6px #0001,0 12px 40px #0003);
--round:var(--footnote-radius,14px);
--measure:var(--footnote-measure,max(42rem,672px));
--serif:var(--footnote-font-text,Charter,Georgia,"Noto Serif",serif);
--gutter:24px;color:var(--ink)}
*,::before,::after{box-sizing:border-box}
:where(p,h2,h3,h4,ul,ol,blockquote){margin:0;padding:0;font:inherit;list-style:none}
[hidden]{display:none!important}
textarea{font:inherit;color:inherit}
button{all:unset;box-sizing:border-box;cursor:pointer}
:focus-visible{outline:2px solid var(--focus);outline-offset:2px;border-radius:6px}
[aria-disabled=true]{cursor:default}
.unseen{position:absolute;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.icon{display:block;inline-size:20px;block-size:20px;fill:none;stroke:currentColor;stroke-width:1.75;stroke-linecap:round;stroke-linejoin:round}
[dir=rtl] :is(.i-back,.i-before,.i-after,.out){transform:scaleX(-1)}

.panel{margin:0;padding:0;border:0;color:inherit;background:var(--paper);overflow:hidden;max-inline-size:none;max-block-size:none}
dialog.panel{position:fixed;inset-block:auto var(--inset);inset-inline:auto var(--inset);
inline-size:min(var(--footnote-width,420px),100vw - 2*var(--inset));block-size:min(var(--footnote-height,680px),100dvh - 2*var(--inset));
border:1px solid var(--line);border-radius:var(--round);box-shadow:var(--shadow)}
section.panel{position:relative;block-size:100%;min-block-size:min(560px,100dvh)}
.talk,.reading{position:absolute;inset:0;display:flex;flex-direction:column;background:var(--paper);container-type:inline-size}
.bar{display:flex;align-items:center;gap:4px;padding-block:10px;padding-inline:var(--gutter) 12px;min-block-size:56px;border-block-end:1px solid var(--line)}
h2{flex:1;font-weight:650;line-height:1.3}
.tool{display:grid;place-items:center;flex:none;inline-size:36px;block-size:36px;border-radius:8px;color:var(--soft)}
.tool:hover,.note:hover,.source:hover{background:var(--wash)}
.talk:not(.begun) .clear{visibility:hidden}

.log{position:relative;flex:1;overflow-y:auto;overscroll-behavior:contain;padding-inline:var(--gutter);scrollbar-width:thin}
.log:focus-visible,.card:focus-visible{outline-offset:-2px}
.idle{padding-block:28px}
.intro,.text,.none,.excerpt,.conflicts,.page>p:not([class]),blockquote{font:1.0625em/1.6 var(--serif);overflow-wrap:break-word}
.intro,.question,h2{text-wrap:balance}
.over{margin-block:28px 8px;font-size:.8125em;font-weight:600;color:var(--soft)}
.suggestions li+li,.turn+.turn{border-block-start:1px solid var(--line)}
.suggestion{inline-size:100%;padding-block:12px;line-height:1.4;color:var(--accent)}
.suggestion:hover{text-decoration:underline}

.turn{padding-block:24px 32px}
.turn:last-child{min-block-size:100%}
.question{font-weight:650;font-size:1.0625em;line-height:1.4;margin-block-end:14px;overflow-wrap:anywhere}
.text,blockquote{white-space:pre-line}
.status{color:var(--soft);line-height:1.7}
.status::after{content:" …"}
.lit,mark{background:var(--marker);color:var(--onmarker);border-radius:2px;padding-block:.13em}
.short{font-weight:inherit;text-decoration:1px underline var(--accent);text-underline-offset:4px}
.tail{white-space:nowrap}
.chip{display:inline-grid;place-items:center;inline-size:max-content;min-inline-size:24px;block-size:24px;margin-block:-8px;margin-inline:-4px -6px;vertical-align:.3em}
.chip:not(:last-child){margin-inline-end:0}
.chip+.chip{margin-inline-start:0}
.chip span,.mark{min-inline-size:18px;block-size:18px;padding-inline:3px;border-radius:5px;font:600 12.5px/18px var(--sans);font-variant-numeric:tabular-nums;text-align:center;color:var(--accent)}
.chip:hover span{background:var(--tint)}
.chip[aria-expanded=true] span{background:var(--accent);color:var(--onaccent)}
.chip:focus-visible{outline-offset:-2px}

.rest{margin-block-start:24px}
.text[hidden]+.rest{margin-block-start:0}
.rest>.meta{margin-block-end:16px}
.remark,.box{padding:12px 16px;background:var(--wash);border-radius:10px;font-size:.9375em}
.remark,.conflicts{margin-block-end:20px}
.box{display:flex;flex-wrap:wrap;gap:8px 16px;align-items:center}
.box p{flex:1 1 12em}
[data-state=failed] .box{border-inline-start:3px solid var(--danger)}
small{display:block;overflow-wrap:anywhere}
.notes::before,.none+.over::before{content:"";display:block;inline-size:64px;border-block-start:1px solid var(--soft);margin-block-end:10px}
.note,.source{inline-size:100%;padding:8px;margin-inline:-8px;border-radius:8px;font-size:.875em;line-height:1.45;overflow-wrap:anywhere}
.note{display:flex;gap:8px}
.marks{display:grid;align-content:start;gap:2px}
.headline{display:block}
.source .headline,.origin .headline{font-weight:600}
.byline,.meta,.also,.support,small{color:var(--soft);font-size:.875em}
.note .byline,.source .byline{font-size:.9286em}
.found{margin-block-start:12px}
summary{inline-size:fit-content;padding-block:6px;color:var(--soft);font-size:.875em;cursor:pointer}
.excerpt{display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:3;overflow:hidden;font-size:1em;line-height:1.5;color:var(--soft)}
.foot{display:flex;align-items:center;gap:2px;margin-block-start:16px}
.foot>:first-child{flex:1}
[aria-pressed=true]{color:var(--accent);background:var(--tint)}
.why{display:flex;flex-wrap:wrap;gap:8px;margin-block-start:8px}
.why textarea{flex:1 1 100%;padding:10px 12px;border:1px solid var(--soft);border-radius:10px;background:none;resize:vertical}
.plain{display:inline-flex;align-items:center;gap:6px;min-block-size:36px;padding:6px 14px;border:1px solid var(--line);border-radius:8px;background:var(--paper);
color:var(--ink);font-size:.875em;font-weight:550;text-decoration:none;line-height:1.4}
.plain:hover{border-color:var(--soft)}
.plain[aria-disabled=true]{color:var(--soft);border-style:dashed;font-variant-numeric:tabular-nums}
.plain.strong,.send{background:var(--accent);border-color:var(--accent);color:var(--onaccent)}

.ask{padding:12px 16px 14px;border-block-start:1px solid var(--line)}
.field{display:flex;align-items:flex-end;gap:6px;padding:5px;border:1px solid var(--soft);border-radius:12px}
.field:focus-within{outline:2px solid var(--focus);outline-offset:-1px}
.field textarea{flex:1;min-inline-size:0;border:0;background:none;padding:6px 8px 6px 10px;line-height:24px;resize:none;field-sizing:content;max-block-size:9.5em;outline:0}
textarea::placeholder{color:var(--soft);opacity:1}
.send{display:grid;place-items:center;flex:none;inline-size:36px;block-size:36px;border-radius:8px}
.send[aria-disabled=true]{background:var(--wash);color:var(--soft)}
.send.stopping{background:var(--ink);color:var(--paper)}
.under{padding:8px 4px 0;font-size:.8125em;line-height:1.4;color:var(--soft);font-variant-numeric:tabular-nums}
.under:has(.counter:not([hidden])) .fine{display:none}
.over-long,.offline{color:var(--danger)}
.offline{padding:0 4px 10px;font-size:.875em}

.card{position:fixed;margin:0;padding:12px 20px 18px;inline-size:min(max(23rem,368px),100vw - 16px);max-block-size:min(480px,100dvh - 16px);overflow:auto;overscroll-behavior:contain;
color:var(--ink);background:var(--paper);border:1px solid var(--line);border-radius:var(--round);box-shadow:var(--shadow)}
.card:focus:not(:focus-visible),mark:focus{outline:0}
.cardhead{display:flex;align-items:center;gap:4px;margin-inline:-4px -10px}
.support{flex:1}
.steps{display:flex;align-items:center}
blockquote{margin-block:8px 16px}
.context{color:var(--soft)}
.origin{display:grid;gap:2px;font-size:.9375em;line-height:1.45}
.ways{display:flex;flex-wrap:wrap;gap:8px;margin-block-start:16px}

.reading .bar{padding-inline:12px}
.reading .byline{flex:1}
.page{flex:1;overflow-y:auto;padding:28px var(--gutter) 48px;overflow-wrap:anywhere}
.page>*{max-inline-size:var(--measure);margin-inline:auto}
.page h2{font:650 1.375em/1.3 var(--serif);margin-block-end:8px}
.page>.meta{display:block}
.page>p:not([class]){margin-block-start:1em}

section.panel .talk>*,section.panel .bar{padding-inline:max(16px,50cqi - var(--measure)/2)}

@media (max-width:32rem),(max-height:26rem){
.root{--gutter:20px}
dialog.panel{inset:0;inline-size:100vw;block-size:100dvh;border:0;border-radius:0}
.fine{display:none}}
@media (max-width:32rem){
.card{inset:auto 0 0;inline-size:100vw;max-block-size:80dvh;border-width:1px 0 0;border-end-start-radius:0;border-end-end-radius:0;padding-block-end:24px}
.card::backdrop{background:#0000003d}
.ways .plain{flex:1;justify-content:center}}
@media (prefers-reduced-motion:no-preference){
.status::after{animation:pulse .8s infinite alternate}
@keyframes pulse{to{opacity:0}}}
@media (forced-colors:active){
.chip[aria-expanded=true] span,.send,.strong,[aria-pressed=true]{forced-color-adjust:none;background:Highlight;color:HighlightText}
.lit,mark{forced-color-adjust:none;background:Mark;color:MarkText}}
`);
