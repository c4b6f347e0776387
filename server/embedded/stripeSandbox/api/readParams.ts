/** Judges a request's parameters and says in Stripe's words what is wrong with them. */
import type { z } from 'zod';
import { badRequest, type ApiFault } from './apiFault.js';
import type { RuleParams } from './params.js';
import type { FormTree } from './parseForm.js';

type Issue = z.core.$ZodIssue;

/**
 * The parameters as the schema gives them.
 *
 * @throws ApiFault 400 with `parameter_unknown`, `parameter_missing`, `parameter_invalid_…`.
 */
export function readParams<T>(schema: z.ZodType<T>, form: FormTree): T {
  const result = schema.safeParse(form);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw issue ? faultFrom(issue, form) : badRequest('Invalid request.');
}

function faultFrom(issue: Issue, form: FormTree): ApiFault {
  const deepest = deepestIssue(issue);
  const param = nameOf(deepest.path);
  if (deepest.code === 'unrecognized_keys') return unknown([...deepest.path, deepest.keys[0] ?? '']);

  const given = valueAt(form, deepest.path);
  if (given === undefined) return badRequest(`Missing required param: ${param}.`, { code: 'parameter_missing', param });
  if (given === '') return empty(param);
  const rule = ruleOf(deepest);
  if (rule) return badRequest(rule.say(param), { code: rule.code, param });
  return badRequest(sentence(deepest, param, given), { param });
}

/** Of a union's refusals, the one of the branch that fits the form of what was given, which got furthest. */
function deepestIssue(issue: Issue, path: PropertyKey[] = []): Issue {
  const here = { ...issue, path: [...path, ...issue.path] };
  if (here.code !== 'invalid_union') return here;
  const branches = here.errors.flatMap((issues) => issues.slice(0, 1)).map((inner) => deepestIssue(inner, here.path));
  return branches.find((inner) => inner.code !== 'invalid_type') ?? branches[0] ?? here;
}

function sentence(issue: Issue, param: string, given: unknown): string {
  if (issue.code === 'invalid_value') return `Invalid ${param}: must be one of ${issue.values.map(String).join(', ')}`;
  if (issue.code === 'too_big') return `Invalid ${issue.origin}: ${param} must be at most ${issue.maximum} long`;
  if (issue.code === 'invalid_type' && issue.expected === 'array') return 'Invalid array';
  if (issue.code === 'invalid_type' && typeof given === 'string') return 'Invalid object';
  return typeof given === 'object' ? `Invalid string: ${JSON.stringify(given)}` : `Invalid ${param}`;
}

function unknown(path: PropertyKey[]): ApiFault {
  const param = nameOf(path);
  return badRequest(`Received unknown parameter: ${param}`, { code: 'parameter_unknown', param });
}

function empty(param: string): ApiFault {
  const message =
    `You passed an empty string for '${param}'. We assume empty values are an attempt to unset a parameter; ` +
    `however '${param}' cannot be unset. You should remove '${param}' from your request or supply a non-empty value.`;
  return badRequest(message, { code: 'parameter_invalid_empty', param });
}

function ruleOf(issue: Issue): RuleParams | undefined {
  const rule: unknown = issue.code === 'custom' ? issue.params : undefined;
  return isRule(rule) ? rule : undefined;
}

function isRule(value: unknown): value is RuleParams {
  return typeof value === 'object' && value !== null && 'say' in value && typeof value.say === 'function';
}

function nameOf(path: readonly PropertyKey[]): string {
  return path.map((part, depth) => (depth === 0 ? String(part) : `[${String(part)}]`)).join('');
}

function valueAt(form: FormTree, path: readonly PropertyKey[]): unknown {
  let node: FormTree | string | undefined = form;
  for (const part of path) node = typeof node === 'object' ? node[String(part)] : undefined;
  return node;
}
