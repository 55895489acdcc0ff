/** Rules of single sections. */

/** Diagram, bars, violations, timeline, changes and tree. */
export const PARTS = `
.pill{display:inline-flex;align-items:center;gap:.35rem;padding:.05rem .55rem .05rem .35rem;border-radius:1rem;font-size:.82rem;font-weight:600;line-height:1.6;white-space:nowrap}
.pill.ok{color:var(--ok);background:var(--ok-soft)}.pill.warn{color:var(--warn);background:var(--warn-soft)}.pill.bad{color:var(--bad);background:var(--bad-soft)}.pill.note{color:var(--accent);background:var(--accent-soft)}
.symbol{display:inline-grid;place-items:center;width:1.05rem;height:1.05rem;border-radius:50%;border:1.5px solid currentColor;font-size:.68rem;font-weight:700;line-height:1;flex:none}
.canvas{overflow:auto;margin-top:.9rem;border:1px solid var(--line);border-radius:.6rem;background:var(--page);padding:.75rem}
svg.diagram{display:block;margin:0 auto;height:auto;max-width:100%}
.canvas.zoomed{max-height:85vh}
.canvas.zoomed svg.diagram{max-width:none}
svg.diagram text{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
.legend{list-style:none;display:flex;flex-wrap:wrap;gap:.3rem 1.5rem;padding:0;margin:.7rem 0 .9rem;font-size:.88rem;color:var(--muted)}
.legend li{display:flex;align-items:center;gap:.5rem}
.key{flex:none}.key path{stroke:var(--edge);stroke-width:2;fill:none}.key .dashed{stroke-dasharray:6 3}.key .dotted{stroke-dasharray:2 4}
details.box{border:1px solid var(--line);border-radius:.6rem}
details.box>summary{padding:.6rem .9rem;font-weight:560}
.words{padding:0 1rem 1rem}.words h3{margin-top:.6rem}
.words li{margin-top:.2rem}
ul.plain{margin-top:.6rem}
.facts{margin-top:.4rem}
.facts>div,.values>div{display:grid;grid-template-columns:11rem minmax(0,1fr);gap:0 1rem;padding:.18rem 0}
.facts dt,.values dt{color:var(--muted);font-size:.9rem}
.values{border-top:1px solid var(--line);margin-top:.5rem;padding-top:.4rem}
.values dt{font:400 .84rem/1.7 ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono","DejaVu Sans Mono",monospace}
ul.links{list-style:none;padding:0}
.budgets,.violations,.changes,.timeline{list-style:none;padding:0}
.budgets{margin-top:.4rem}
.budgets>li{border-top:1px solid var(--line)}
.budgets>li:first-child{border-top:0}
.budget{position:relative;display:grid;grid-template-columns:minmax(0,1.4fr) minmax(6rem,1.2fr) minmax(0,17.5rem) 3.5rem 8rem;align-items:center;gap:.25rem 1.1rem;padding:.5rem 0 .5rem 1.4rem}
summary.budget{list-style:none}
summary.budget::-webkit-details-marker{display:none}
summary.budget::before{content:"";position:absolute;left:.35rem;top:50%;width:.42rem;height:.42rem;border:solid var(--edge);border-width:0 2px 2px 0;transform:translateY(-50%) rotate(-45deg)}
details[open]>summary.budget::before{transform:translateY(-70%) rotate(45deg)}
summary.budget:hover{background:var(--sunken)}
.budget .subject{font-weight:560}
.budget .amount{text-align:right;font-size:.94rem}.budget .percent{text-align:right;font-weight:600}
.bar{display:block;height:.6rem;border-radius:.3rem;background:var(--sunken);overflow:hidden;box-shadow:inset 0 0 0 1px var(--line)}
.bar span{display:block;height:100%;border-radius:.3rem;background:var(--ok)}
.bar.warn span{background:var(--warn)}.bar.bad span{background:var(--bad)}
.advice{margin-left:1.4rem;margin-bottom:.6rem}
.parts{font-size:.92rem;padding:.1rem 0 .8rem 1.4rem}
.parts table{margin-top:.2rem;max-width:40rem}
.parts a{color:var(--ink);text-decoration-color:var(--edge)}
.advice{border-left:3px solid var(--edge);padding:.35rem .8rem;background:var(--sunken);border-radius:0 .4rem .4rem 0;font-size:.95rem}
.advice.warn{border-color:var(--warn);background:var(--warn-soft)}.advice.bad{border-color:var(--bad);background:var(--bad-soft)}
.parts{font-size:.92rem}.parts>summary{color:var(--muted);width:fit-content;padding:.1rem .2rem}
.parts table{margin:.3rem 0 .5rem;max-width:40rem}
article.policy{margin-top:.8rem;border:1px solid var(--line);border-left:4px solid var(--warn);border-radius:.5rem;padding:.9rem 1.1rem}
article.policy.bad{border-left-color:var(--bad)}
.violations>li{padding:.55rem 0}
.violations>li+li{border-top:1px solid var(--line)}
.violations p{margin-top:.2rem}
.fix{background:var(--sunken);border-radius:.45rem;padding:.6rem .9rem;margin-top:.3rem}
.timeline{margin-top:.5rem}
.step{display:grid;grid-template-columns:minmax(0,1.2fr) minmax(6rem,1.6fr) 6rem;gap:.2rem 1.1rem;align-items:center;padding:.32rem 0;border-top:1px solid var(--line)}
.step:first-child{border-top:0}
.step .amount{text-align:right;white-space:nowrap}
.step a,.tree .links a,.violations a,.changes a{color:var(--ink);text-decoration-color:var(--edge)}
.name{font-weight:560}.type{font-size:.88rem}
.track{position:relative;height:.8rem;border-radius:.25rem;background:var(--sunken)}
.track span{position:absolute;top:0;bottom:0;min-width:3px;border-radius:.25rem;background:var(--accent)}
.tally{list-style:none;display:flex;flex-wrap:wrap;gap:.4rem 1.6rem;padding:0;margin-top:.8rem}
.tally b{font-size:1.25rem;margin-right:.15rem}
.changes{margin-top:.3rem}
.changes>li{padding:.5rem 0;border-top:1px solid var(--line)}
.changes>li:first-child{border-top:0}
.changes table{margin-top:.4rem}.changes th[scope=row]{width:26%;font-weight:400}.changes td{width:37%}
.search{margin-top:.8rem}
.search label{font-weight:560;font-size:.95rem}
.search .toolbar{margin:.3rem 0}
.tree,.tree ul{list-style:none;padding:0}
.tree{margin-top:.8rem}
.tree ul{padding-left:1.1rem;margin-left:.6rem;border-left:1px solid var(--line)}
.tree ul.links{padding:0;margin:0;border:0}
.tree summary{padding:.28rem .4rem;min-height:1.9rem}
.tree summary:hover{background:var(--sunken)}
.tree .body{padding:.2rem .4rem .9rem 1.6rem}
.tree details.inputs>summary{color:var(--muted);font-size:.9rem;margin-left:1.1rem}
.kind{display:inline-block;width:.6rem;height:.6rem;margin-right:.5rem;border:2px solid var(--edge);border-radius:50%}
.component>summary>.kind{border-radius:.15rem;background:var(--accent);border-color:var(--accent)}
.flag{display:inline-block;font-size:.78rem;color:var(--accent);background:var(--accent-soft);border-radius:.3rem;padding:0 .4rem}
.tree li.hit>details>summary .name{text-decoration:underline;text-decoration-color:var(--accent);text-decoration-thickness:2px;text-underline-offset:.2em}
li:target>details>summary{background:var(--accent-soft)}
`;
