/** The look of the payment page. It is text, not a file, so that it is there however the server is built. */
export const stylesheet = `
:root {
  color-scheme: light dark;
  --page: #f6f5f2; --panel: #fffefc; --text: #23211d; --quiet: #67635b; --line: #dcd8cf; --field: #fff;
  --accent: #1d5b4f; --accent-text: #fff; --accent-hover: #174a40; --focus: #2f7fd8;
  --bad: #a12b1f; --bad-page: #fdf0ee; --band: #ffd35c; --band-stripe: #f7c133; --band-text: #352600;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #191815; --panel: #22211d; --text: #efece5; --quiet: #a9a498; --line: #3b3933; --field: #1b1a17;
    --accent: #7fcbb9; --accent-text: #0d2620; --accent-hover: #97d8c8; --focus: #7db6f5;
    --bad: #ff9f92; --bad-page: #3a211d; --band: #5a4409; --band-stripe: #4b3805; --band-text: #ffe7a6;
  }
}
*, *::before, *::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0; min-height: 100dvh; display: flex; flex-direction: column; background: var(--page); color: var(--text);
  font: 15px/1.5 system-ui, "PingFang SC", "Noto Sans SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif;
}
:lang(zh-CN) body, body:lang(zh-CN) { line-height: 1.7; }
h1, h2, h3, p, ul, ol { margin: 0; padding: 0; }
h1, h2 { font-size: 20px; line-height: 28px; font-weight: 600; text-wrap: balance; }
.quiet { color: var(--quiet); font-size: 13px; }
.wrong { color: var(--bad); font-size: 13px; }

.band {
  padding: 8px max(16px, env(safe-area-inset-left)); color: var(--band-text); text-align: center;
  background: repeating-linear-gradient(-45deg, var(--band) 0 16px, var(--band-stripe) 16px 32px);
}
.band p { display: flex; flex-wrap: wrap; gap: 0 12px; justify-content: center; align-items: baseline; font-size: 13px; }
.band span { text-wrap: balance; }
.band strong { letter-spacing: .08em; text-transform: uppercase; }

.checkout { flex: 1; display: grid; grid-template-columns: 1fr; }
.summary, .payment { padding: 24px max(16px, env(safe-area-inset-left)) 32px; display: flex; flex-direction: column; gap: 16px; }
.payment { background: var(--panel); border-top: 1px solid var(--line); }
.total { display: flex; flex-direction: column; }
.total strong { font-size: 36px; line-height: 44px; font-weight: 650; font-variant-numeric: tabular-nums; letter-spacing: -.01em; }
.lines { list-style: none; border-block: 1px solid var(--line); }
.lines li { display: flex; justify-content: space-between; gap: 24px; padding: 12px 0; }
.lines li + li { border-top: 1px solid var(--line); }
.name { min-width: 0; overflow-wrap: anywhere; }
.name .quiet { display: block; }
.amount { white-space: nowrap; font-variant-numeric: tabular-nums; }

form { display: flex; flex-direction: column; gap: 16px; }
.field { display: flex; flex-direction: column; gap: 4px; }
.code { padding-bottom: 16px; margin-bottom: 16px; border-bottom: 1px solid var(--line); }
.beside { display: flex; gap: 8px; }
.beside input { min-width: 0; }
label, .label { font-weight: 550; }
input, select, .card {
  width: 100%; min-height: 44px; padding: 8px 12px; border: 1px solid var(--line); border-radius: 8px;
  background: var(--field); color: inherit; font: inherit; font-size: 16px;
}
input, select { border-color: color-mix(in srgb, var(--quiet) 70%, var(--line)); }
input[readonly] { background: var(--page); border-color: var(--line); }
input[aria-invalid] { border-color: var(--bad); }
.card { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 12px; background: var(--page); }
.brand { padding: 0 6px; border: 1px solid var(--line); border-radius: 4px; background: var(--panel); font-size: 11px; font-weight: 800; letter-spacing: .06em; line-height: 20px; }
.digits { font-variant-numeric: tabular-nums; white-space: nowrap; }
.digits:last-child { margin-left: auto; color: var(--quiet); }
.alert { padding: 12px 16px; border: 1px solid var(--bad); border-radius: 8px; background: var(--bad-page); }
.alert strong { display: block; color: var(--bad); }

.button {
  display: inline-flex; align-items: center; justify-content: center; min-height: 44px; padding: 8px 20px; border-radius: 8px;
  border: 1px solid color-mix(in srgb, var(--quiet) 60%, var(--line)); background: transparent; color: inherit;
  font: inherit; font-weight: 550; text-decoration: none; cursor: pointer;
}
.button:hover { background: color-mix(in srgb, var(--text) 6%, transparent); }
.primary { min-height: 48px; border-color: transparent; background: var(--accent); color: var(--accent-text); font-size: 16px; font-variant-numeric: tabular-nums; }
.primary:hover { background: var(--accent-hover); }
.others { display: flex; flex-wrap: wrap; gap: 8px; padding-top: 16px; border-top: 1px solid var(--line); }
.others p { flex-basis: 100%; }
.others .button { flex: 1 1 auto; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; border-radius: 8px; }

.portal { flex: 1; width: min(100%, 40rem); margin: 0 auto; padding: 32px 16px 48px; display: flex; flex-direction: column; gap: 24px; }
.portal section { display: flex; flex-direction: column; gap: 12px; padding: 20px; border: 1px solid var(--line); border-radius: 8px; background: var(--panel); }
.portal h3 { font-size: 15px; font-weight: 600; margin-top: 8px; }
.portal .lines li { flex-wrap: wrap; align-items: center; gap: 8px 24px; }
.portal .lines form { flex: 0 1 auto; }
.portal .others form { flex: 1 1 auto; }
.portal .done { padding: 12px 16px; border: 1px solid var(--accent); border-radius: 8px; }
summary.button { list-style: none; }
summary.button::-webkit-details-marker { display: none; }
details > p { margin-block: 12px; }

.console nav { display: flex; flex-wrap: wrap; gap: 0 16px; }
.console nav a, .console .away, .band a { display: inline-flex; align-items: center; min-height: 44px; color: inherit; }
.band a { min-height: 24px; font-weight: 550; }
.console section { scroll-margin-top: 16px; }
.console .away { align-self: flex-start; margin-block: -16px; }
.console h1 { font-size: 28px; line-height: 36px; }
.console .events li { display: grid; grid-template-columns: minmax(0, 1fr) auto; align-items: start; gap: 4px 16px; }
.console .told { grid-column: 1 / -1; display: flex; flex-wrap: wrap; justify-content: space-between; align-items: baseline; gap: 0 16px; }
.console .told .quiet { flex-basis: 100%; overflow-wrap: anywhere; }
.console .events .button { padding: 4px 12px; font-size: 13px; }
.console code { font: 14px/1.5 ui-monospace, "SFMono-Regular", Menlo, Consolas, monospace; overflow-wrap: anywhere; }
.console summary:not(.button) { display: flex; align-items: center; width: fit-content; min-height: 44px; font-size: 13px; cursor: pointer; text-decoration: underline; }
.console details ul { padding: 0 0 8px 16px; font-size: 13px; }
.console .events details li { display: list-item; padding: 2px 0; border: 0; }
.console fieldset { margin: 0; padding: 0; border: 0; display: flex; flex-direction: column; gap: 8px; min-width: 0; }
.console legend { padding: 0 0 4px; font-weight: 600; }
.console .field { margin-top: 4px; }
.console .field label { font-weight: 400; }
.console .field input { max-width: 8rem; }
.console .field select { max-width: 16rem; }
.moment { font-variant-numeric: tabular-nums; }
.good, .waiting { color: var(--accent); font-size: 13px; }
.waiting { color: inherit; }
.switch { display: flex; align-items: center; gap: 12px; min-height: 44px; font-weight: 400; }
.switch input { flex: none; width: 20px; min-height: 20px; height: 20px; padding: 0; accent-color: var(--accent); }
.choices { display: flex; flex-flow: row wrap; gap: 8px; }

.notice { flex: 1; width: min(100%, 30rem); margin: 0 auto; padding: 48px 16px; display: flex; flex-direction: column; justify-content: center; align-items: flex-start; gap: 16px; }
.notice h1 { font-size: 28px; line-height: 36px; }

@media (min-width: 820px) {
  .checkout { grid-template-columns: 1fr 1fr; }
  .summary, .payment { padding: 64px 48px; }
  .summary { align-items: stretch; width: min(100%, 30rem); justify-self: end; }
  .payment { border-top: 0; border-left: 1px solid var(--line); }
  .payment > * { width: 100%; max-width: 26rem; }
}
`;
