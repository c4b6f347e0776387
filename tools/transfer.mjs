/**
 * `npm run backup|restore|export|import -- FOLDER [--data STORE | --uri URI]`: the document store's way out and back.
 * Without --data and --uri it means the store of this house, in DATA_DIR.
 */
import path from 'node:path';
import { runChild } from './setup/child.mjs';
import { runTool } from './setup/tool.mjs';
import { setUp } from './setup.mjs';

runTool(async () => {
  await setUp();
  const args = process.argv.slice(2);
  const named = args.some((arg) => /^--(?:data|uri)(?:=|$)/.test(arg));
  const store = named ? [] : ['--data', path.join(process.env.DATA_DIR ?? './data', 'store')];
  const program = 'dist/server/embedded/documentStore/transfer/main.js';
  const result = await runChild(process.execPath, ['--enable-source-maps', program, ...args, ...store]);
  return result.code;
});
