import { memo } from 'react';
import { parseText, type Piece } from './parseText.js';
import styles from './MessageText.module.css';

function PieceView({ piece }: { piece: Piece }) {
  if (piece.kind === 'code') return <code className={styles['code']}>{piece.text}</code>;
  if (piece.kind === 'block') {
    return (
      <pre className={styles['block']}>
        <code>{piece.text}</code>
      </pre>
    );
  }
  if (piece.kind === 'link') {
    return (
      <a href={piece.href} target="_blank" rel="noopener noreferrer">
        {piece.text}
      </a>
    );
  }
  return piece.text;
}

/** What somebody wrote: line breaks kept, links clickable, code as code. */
export const MessageText = memo(function MessageText({ text }: { text: string }) {
  return (
    <div className={styles['text']}>
      {parseText(text).map((piece, index) => (
        <PieceView key={index} piece={piece} />
      ))}
    </div>
  );
});
