/** The style sheet of the report. */
import { diagramStyle } from "./diagram";
import { DARK, LIGHT, variables } from "./palette";
import { PARTS } from "./style-parts";

const BASE = `
*{box-sizing:border-box}
html{color-scheme:light dark;-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-padding-top:4.5rem}
body{margin:0;background:var(--page);color:var(--ink);font:400 1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
h1,h2,h3,h4,h5,p,ul,ol,dl,dd,pre,table{margin:0}
h1{font-size:clamp(1.6rem,1.2rem + 1.8vw,2.25rem);line-height:1.15;letter-spacing:-.02em;font-weight:680}
h2{font-size:1.35rem;line-height:1.25;letter-spacing:-.01em;font-weight:660}
h3{font-size:1.02rem;line-height:1.35;font-weight:640;margin-top:1.75rem}
h4{font-size:1rem;font-weight:640}
h5{font-size:.82rem;font-weight:640;color:var(--muted)}
code,pre{font:400 .84em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono","DejaVu Sans Mono",monospace}
pre{white-space:pre-wrap;background:var(--sunken);border-radius:.4rem;padding:.5rem .7rem;max-height:24rem;overflow:auto}
ul,ol{padding-left:1.25rem}
a{color:var(--accent);text-underline-offset:.15em;text-decoration-thickness:1px}
a:hover{text-decoration-thickness:2px}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:.3rem}
[hidden]{display:none!important}
.hidden{position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.skip{position:absolute;left:1rem;top:-5rem;z-index:9;background:var(--surface);color:var(--accent);padding:.6rem 1rem;border-radius:.5rem;border:1px solid var(--line)}
.skip:focus{top:.75rem}
.page{max-width:74rem;margin:0 auto;padding:0 clamp(1rem,3vw,2rem)}
.muted,.type{color:var(--muted)}
.right{text-align:right}
.lead{color:var(--muted);max-width:46rem;margin-top:.35rem}
.count{color:var(--muted);font-weight:400;font-size:.9rem;font-variant-numeric:tabular-nums}
.calm{margin-top:.75rem}
header.top{padding:2.25rem 0 1.5rem}
.eyebrow{color:var(--muted);font-size:.95rem;margin-bottom:.3rem}
.verdict{display:flex;flex-wrap:wrap;align-items:center;gap:.5rem .8rem;margin-top:1.1rem;padding:.75rem 1rem;border-radius:.6rem;border:1px solid var(--line)}
.verdict.ok{background:var(--ok-soft)}.verdict.warn{background:var(--warn-soft)}.verdict.bad{background:var(--bad-soft)}
.verdict strong{display:inline-flex;align-items:center;gap:.5rem;font-weight:660}
.verdict.ok strong{color:var(--ok)}.verdict.warn strong{color:var(--warn)}.verdict.bad strong{color:var(--bad)}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(8.5rem,1fr));gap:1px;margin-top:1rem;background:var(--line);border:1px solid var(--line);border-radius:.6rem;overflow:hidden}
.tiles div{background:var(--surface);padding:.7rem 1rem}
.tiles dt{color:var(--muted);font-size:.82rem}
.tiles dd{font-size:1.12rem;font-weight:620;line-height:1.3}
nav.sections{position:sticky;top:0;z-index:5;background:var(--page);border-bottom:1px solid var(--line)}
nav.sections ul{display:flex;flex-wrap:wrap;gap:.15rem .35rem;list-style:none;padding:.5rem 0;margin:0 -.7rem}
nav.sections a{display:block;padding:.45rem .7rem;border-radius:.45rem;color:var(--ink);text-decoration:none;font-weight:560;font-size:.95rem}
nav.sections a:hover{background:var(--sunken)}
main{display:grid;grid-template-columns:minmax(0,1fr);gap:1.25rem;padding-top:1.25rem;padding-bottom:2.5rem}
section.card{background:var(--surface);border:1px solid var(--line);border-radius:.75rem;padding:clamp(1rem,2.5vw,1.75rem);min-width:0}
footer{color:var(--muted);font-size:.88rem;padding-bottom:2.5rem}
button,input{font:inherit;color:inherit}
button{background:var(--surface);border:1px solid var(--edge);border-radius:.45rem;padding:.35rem .8rem;min-height:2.4rem;cursor:pointer;font-size:.92rem}
button:hover{background:var(--sunken)}
button[aria-pressed=true]{background:var(--accent-soft);border-color:var(--accent);color:var(--accent)}
input[type=search]{flex:1 1 14rem;min-width:0;background:var(--surface);border:1px solid var(--edge);border-radius:.45rem;padding:.35rem .7rem;min-height:2.4rem}
.toolbar{display:flex;flex-wrap:wrap;gap:.5rem;margin:.9rem 0 .6rem}
summary{cursor:pointer;border-radius:.35rem}
table{border-collapse:collapse;width:100%;font-size:.92rem}
th,td{text-align:left;vertical-align:top;padding:.35rem .6rem;border-bottom:1px solid var(--line)}
th{font-weight:600}
th.right,td.right{text-align:right}
thead th{color:var(--muted);font-size:.84rem;overflow-wrap:break-word}
`;

const NARROW = `
@media (max-width:60rem){svg.diagram{max-width:none}}
@media (max-width:40rem){
html{scroll-padding-top:1rem}
header.top{padding-top:1.5rem}
nav.sections{position:static}
.page{padding:0 .75rem}
.tiles{grid-template-columns:repeat(2,minmax(0,1fr))}
.toolbar{gap:.35rem}
button{padding:.35rem .6rem;font-size:.86rem}
.budget{grid-template-columns:minmax(0,1fr) auto;gap:.3rem .75rem}
.budget .bar{grid-column:1/-1;grid-row:2}
.budget .subject{grid-column:1/-1;grid-row:1}
.budget .amount{grid-column:1;text-align:left;font-size:.92rem}
.budget .percent{display:none}
.budget .state{grid-column:2;text-align:right}
.step{grid-template-columns:minmax(0,1fr) auto}
.step .what{grid-column:1;grid-row:1}
.step .amount{grid-column:2;grid-row:1}
.step .track{grid-column:1/-1;grid-row:2}
.tree ul{padding-left:.6rem;margin-left:.35rem}
.facts>div,.values>div{grid-template-columns:minmax(0,1fr)}
}
@media (prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}
`;

const PRINT = `
@page{margin:14mm}
@media print{
:root{${variables(LIGHT)};color-scheme:light}
html,body{background:#fff;font-size:9.5pt}
nav.sections,.skip,.toolbar,.search,[data-script]{display:none!important}
.page{max-width:none;padding:0}
header.top{padding:0 0 .5rem}
main{display:block;padding:0}
section.card{border:0;border-radius:0;padding:0;margin-top:1.5rem;background:none}
h2,h3,h4,.lead{break-after:avoid}
.budget{grid-template-columns:minmax(0,1.8fr) minmax(4rem,1fr) 14.5rem 3rem 6.5rem;padding-top:.25rem;padding-bottom:.25rem;gap:.25rem .7rem}
.step{grid-template-columns:minmax(0,1.8fr) minmax(6rem,1fr) 5.5rem}
footer{padding:0;margin-top:1rem}
.budgets>li,.step,article.policy,.tiles,.verdict,.canvas{break-inside:avoid}
.canvas{overflow:visible;border:0;padding:0;max-height:none;background:none}
svg.diagram{max-width:100%;max-height:170mm;width:auto!important}
.verdict,.bar,.bar span,.track,.track span,.pill,svg *{-webkit-print-color-adjust:exact;print-color-adjust:exact}
.tree details.custom>summary,.tree details.component>summary{padding-top:.05rem;padding-bottom:.05rem;min-height:0}
details.component::details-content{content-visibility:visible;display:block;block-size:auto;height:auto;opacity:1}
details.inputs{display:none}
a{color:inherit;text-decoration:none}
pre{max-height:none}
}
`;

/** The whole style sheet: light, dark where the reader prefers it, narrow screens, paper. */
export function styleSheet(): string {
    const dark = `@media (prefers-color-scheme:dark){:root{${variables(DARK)}}}`;
    return `:root{${variables(LIGHT)}}${dark}${BASE}${PARTS}${diagramStyle()}${NARROW}${PRINT}`.replace(/\n+/g, "\n");
}
