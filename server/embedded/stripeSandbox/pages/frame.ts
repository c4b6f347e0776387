/** What every page of the checkout has in common. */
import type { Request, Response } from 'express';
import { html, type Html } from './html.js';
import { languageOf, languages, type Language } from './words.js';

/** Where a page is and in which language. */
export interface Frame {
  language: Language;
  /** The path at which the host app has mounted the pages. */
  base: string;
  /** Whether the viewer may open the console. */
  hasConsole: boolean;
}

/** Whether the host app has said of whoever asks that the console is theirs: `response.locals.mayOpenConsole`. */
export const mayOpenConsole = ({ locals }: Response): boolean => locals['mayOpenConsole'] === true;

/** @param locale - as the session's creator has set it; without one the browser's preference counts. */
export function frameOf(request: Request, response: Response, locale: string | null): Frame {
  const preferred = request.acceptsLanguages('en', 'zh') === 'zh' ? 'zh-CN' : 'en';
  return { base: request.baseUrl, language: languageOf(locale) ?? preferred, hasConsole: mayOpenConsole(response) };
}

/** A whole document around `body`, with the test band on top. */
export function document({ language, base, hasConsole }: Frame, title: string, body: Html): string {
  const words = languages[language];
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${title} · ${words.bandTitle}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${base}/checkout.css">
</head>
<body>
<header class="band"><p><strong>${words.bandTitle}</strong> <span>${words.bandNote}</span>${hasConsole && html` <a href="${base}/console">${words.console}</a>`}</p></header>
${body}
</body>
</html>
`.text;
}

/** A page that says one thing and offers one way on. */
export function notice(frame: Frame, said: { title: string; text: string }, way: { label: string; href: string } | null): string {
  const words = languages[frame.language];
  const body = html`<main class="notice">
<h1>${said.title}</h1>
<p>${said.text}</p>
${way ? html`<a class="button primary" href="${way.href}">${way.label}</a>` : html`<p class="quiet">${words.notHere}</p>`}
</main>`;
  return document(frame, said.title, body);
}
