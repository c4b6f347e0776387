import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take longest though they are short: begun last, they would be waited for while nothing else runs. */
const longest = /journeys\/accessibility|server\/media\/twoNodes|server\/access\/calls|server\/questions\/verifyQuestions/;

/** Begins with what takes longest; else as Vitest has it. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification): boolean => longest.test(moduleId);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}
