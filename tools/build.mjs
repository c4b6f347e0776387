/** `npm run build`: packages from the lockfile, server and client into `dist`. */
import { runTool, say } from './setup/tool.mjs';
import { setUp } from './setup.mjs';

runTool(async () => {
  await setUp();
  say('The server and the client are built and up to date.');
});
