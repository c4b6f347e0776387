/** Passwords: argon2id with the parameters OWASP's Password Storage Cheat Sheet asks for (19 MiB, 2 passes, 1 lane). */
import { hash, verify } from '@node-rs/argon2';

// argon2id is the library's own choice when none is named; its enum cannot be imported under `verbatimModuleSyntax`.
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** The hash of a random password that nobody knows, with the same parameters: what an unknown e-mail is checked against. */
const decoy = '$argon2id$v=19$m=19456,t=2,p=1$uWtbagGDdLqtGYcQ1g5USw$Gyb3MqzKEmBjqrSOC/hZcyVx6YnB+hvvTM6gxNB+drs';

/** @returns a PHC string. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, parameters);
}

/** Checks a password. Without a hash it takes as long, and the answer is no. */
export async function isPassword(password: string, passwordHash: string | null): Promise<boolean> {
  const fits = await verify(passwordHash ?? decoy, password);
  return fits && passwordHash !== null;
}
