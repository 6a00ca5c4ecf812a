import { render } from 'preact';
import { App } from './app.tsx';
import { recall } from './device-storage.ts';
import { loadCatalogue } from './language.tsx';

// Whoever reads another language waits for it, rather than see the page change under their eyes.
const show = async () => {
  if ((recall('locale') ?? 'zh-Hans') !== 'zh-Hans') await loadCatalogue().catch(() => undefined);
  const place = document.getElementById('app');
  if (place === null) return;
  place.textContent = '';
  render(<App />, place);
};

void show();
