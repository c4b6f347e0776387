/** When a quiz is answered rightly; the member's score and the hosts' record go by the same. */

/** Whether exactly the right options were chosen, in whatever order. */
export function isRight(right: readonly number[], options: readonly number[]): boolean {
  return right.length === options.length && right.every((option) => options.includes(option));
}
