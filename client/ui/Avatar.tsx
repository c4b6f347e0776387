import styles from './styles/Avatar.module.css';

const han = /^\p{Script=Han}+$/u;

/** One or two letters for a name: first letters of its first and last word, or the last two characters of a name in Han script alone. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/u);
  if (words.every((word) => han.test(word))) return [...words.join('')].slice(-2).join('');
  const lettered = words.filter((word) => !han.test(word));
  const ends = lettered.length > 1 ? [lettered.at(0), lettered.at(-1)] : lettered;
  return ends.map((word) => [...(word ?? '')][0] ?? '').join('').toLocaleUpperCase();
}

/** Which of the eight face colours an id has; the same everywhere and for ever. */
function faceOf(id: string): number {
  return (Number.parseInt(id.slice(-6), 16) % 8) + 1;
}

export interface AvatarProps {
  person: { id: string; name: string };
  size?: 'small' | 'medium' | 'large';
}

/** A person's face: initials on a colour that comes from their id. Decoration only; the name stands beside it. */
export function Avatar({ person, size = 'medium' }: AvatarProps) {
  return (
    <span aria-hidden="true" className={styles['face']} data-size={size} data-face={faceOf(person.id)}>
      {initialsOf(person.name)}
    </span>
  );
}
