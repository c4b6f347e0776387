import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { copyText } from './copyText.js';
import type { Token } from './highlight.js';
import { languageNamed } from './languages.js';
import styles from './CodeBlock.module.css';

const copiedMs = 1_500;

/** The code's coloured stretches, once its language is read; null until then and for ever where it is not known. */
function useTokens(code: string, word: string): readonly Token[] | null {
  const [tokens, setTokens] = useState<{ code: string; read: readonly Token[] } | null>(null);
  const language = languageNamed(word);
  useEffect(() => {
    let isWanted = language !== null;
    const read = async (): Promise<void> => {
      const { highlight } = await import('./highlight.js');
      if (isWanted && language !== null) setTokens({ code, read: highlight(code, language) });
    };
    // Code without colours is still code.
    if (isWanted) read().catch(() => undefined);
    return () => {
      isWanted = false;
    };
  }, [code, language]);
  return tokens?.code === code ? tokens.read : null;
}

function CopyButton({ code }: { code: string }) {
  const { t } = useTranslation('messages');
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), copiedMs);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = (): void => {
    copyText(code).then(() => setCopied(true), () => undefined);
  };
  return (
    <button type="button" className={styles['copy']} title={t('copyCode')} aria-label={isCopied ? t('copied') : t('copyCode')} onClick={copy}>
      {isCopied ? <IconCheck size={15} aria-hidden="true" /> : <IconCopy size={15} aria-hidden="true" />}
    </button>
  );
}

/** A block of code: its lines as they were written, coloured where its language is known. */
export function CodeBlock({ code, language }: { code: string; language: string }) {
  const { t } = useTranslation('messages');
  const tokens = useTokens(code, language);
  return (
    <div className={styles['place']}>
      {/* Code that is wider than the screen is scrolled, by keyboard too. */}
      <pre className={styles['block']} tabIndex={0} role="region" aria-label={language === '' ? t('code') : t('codeIn', { language })}>
        <code>
          {tokens === null
            ? code
            : tokens.map(({ text, tone }, index) => (
                <span key={index} data-tone={tone ?? undefined}>
                  {text}
                </span>
              ))}
        </code>
      </pre>
      <CopyButton code={code} />
    </div>
  );
}
