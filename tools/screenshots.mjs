/** `npm run screenshots`: builds, then takes the pictures of the running house that README shows. */
import { runTool } from './setup/tool.mjs';
import { runTestProgram } from './setup/testProgram.mjs';

runTool(() => runTestProgram('pictures/takePictures', process.argv.slice(2)));
