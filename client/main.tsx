import '@mantine/core/styles.css';
import './ui/tokens.css';
import './ui/styles/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.js';
import { startLanguage } from './i18n/language.js';

async function start(place: HTMLElement): Promise<void> {
  await startLanguage();
  createRoot(place).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}

const root = document.getElementById('root');
if (root !== null) void start(root);
