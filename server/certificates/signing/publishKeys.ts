import type { RequestHandler } from 'express';
import { publishedKeys } from './keys.js';

/** `/.well-known/jwks.json`: the public keys, for anybody on any site. They change seldom, and none is ever taken out. */
export const publishKeys: RequestHandler = async (_request, response) => {
  response.set({ 'Access-Control-Allow-Origin': '*', 'Cache-Control': 'public, max-age=300' });
  response.json(await publishedKeys());
};
