/**
 * `npm start`: gets the checkout ready and runs the server. SIGINT and SIGTERM go on to it, and its exit code is ours.
 * The media worker is not waited for: the server looks after it while it already serves.
 */
import { runChild } from './setup/child.mjs';
import { runTool } from './setup/tool.mjs';
import { setUp } from './setup.mjs';

// Node's own code in large pages: a server that sleeps between two messages finds it again sooner. Nothing happens where there are none.
const flags = ['--use-largepages=silent', '--enable-source-maps'];

runTool(async () => {
  await setUp();
  const result = await runChild(process.execPath, [...flags, 'dist/server/main.js', ...process.argv.slice(2)]);
  return result.code;
});
