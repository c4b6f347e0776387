/** Before the tests that start the house as its own process: server and client are built from the sources as they are. */
import { setUp } from '../../tools/setup.mjs';

/**
 * @throws PlainError - when something does not build.
 */
export async function setup(): Promise<void> {
  await setUp();
}
