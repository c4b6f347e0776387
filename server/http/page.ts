/** Serves the built web client: files that never change under their hashed names, and one page for every path. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import express, { type RequestHandler, type Router } from 'express';
import { nonceOf } from './security.js';

/** What the page's head says before any script runs. */
export interface PageHead {
  title: string;
  description: string;
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => escapes[character] ?? character);

/**
 * @param clientDir - the folder of the built client.
 * @param headOf - the head for a path, in words that are safe for everybody to read.
 */
export async function servePage(clientDir: string, headOf: (path: string) => Promise<PageHead>): Promise<Router> {
  const html = await readFile(path.join(clientDir, 'index.html'), 'utf8');
  const router = express.Router();
  router.use('/assets', express.static(path.join(clientDir, 'assets'), { immutable: true, maxAge: '365d', fallthrough: false, index: false }));
  router.use(express.static(clientDir, { index: false, maxAge: '1h' }));
  router.use(answerPage(html, headOf));
  return router;
}

function answerPage(html: string, headOf: (path: string) => Promise<PageHead>): RequestHandler {
  return async (request, response, next) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      next();
      return;
    }
    const { title, description } = await headOf(request.path);
    const language = request.acceptsLanguages('en', 'zh-CN', 'zh') || 'en';
    const words: Record<string, string> = {
      __CSP_NONCE__: nonceOf(response),
      __TITLE__: escapeHtml(title),
      __DESCRIPTION__: escapeHtml(description),
      __LANG__: language === 'en' ? 'en' : 'zh-CN',
    };
    response.set('Cache-Control', 'no-cache').type('html').send(html.replace(/__(CSP_NONCE|TITLE|DESCRIPTION|LANG)__/g, (mark) => words[mark] ?? mark));
  };
}
