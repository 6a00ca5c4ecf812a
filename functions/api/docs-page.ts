/** The API as a page that can be read: made on the server from the list of routes, without a script. */
import { createHash } from 'node:crypto';
import { openApiDocument, schemaDocument } from '@time-bank/contracts/openapi';
import { refusalCodes } from '@time-bank/contracts/refusals';
import { type Route, routes } from '@time-bank/contracts/routes';
import type { Context } from 'hono';
import { html, raw } from 'hono/html';
import { answers } from './answers.ts';

const style = `body{font:1.125rem/1.6 system-ui,sans-serif;max-width:60rem;margin:0 auto;padding:1rem;color:#1a1a1a;background:#fff}
h2{margin-top:2.5rem}code,pre{font:1rem/1.5 ui-monospace,monospace}pre{overflow:auto;background:#f4f4f2;padding:.75rem;border-radius:.5rem}
article{border-top:1px solid #767676;padding:.5rem 0}h3 code{overflow-wrap:anywhere}th,td{text-align:left;padding:.25rem .75rem .25rem 0;vertical-align:top}
@media(prefers-color-scheme:dark){body{color:#f0f0f0;background:#151515}pre{background:#242424}a{color:#9cf}}`;

const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

const block = (value: unknown) => html`<pre tabindex="0">${JSON.stringify(value, null, 2)}</pre>`;

const operation = (route: Route) =>
  html`<article id="${route.operationId}">
    <h3><code>${route.method.toUpperCase()} ${route.path}</code></h3>
    <p>${route.summary} ${route.signedIn ? 'For people who have signed in.' : 'Open to everybody.'}</p>
    ${
      route.query === undefined
        ? ''
        : html`<h4>Query</h4>
            ${block(schemaDocument(route.query))}`
    }
    ${
      route.body === undefined
        ? ''
        : html`<h4>Body</h4>
            ${block(schemaDocument(route.body))}`
    }
    ${
      route.answer === undefined
        ? ''
        : html`<h4>Answer ${route.status}</h4>
            ${block(schemaDocument(route.answer))}`
    }
    ${route.refusals.length === 0 ? '' : html`<p>Refuses: ${route.refusals.map((code) => html`<a href="#${code}"><code>${code}</code></a> `)}</p>`}
  </article>`;

const refusalRow = (code: (typeof refusalCodes)[number]) =>
  html`<tr id="${code}">
    <td><code>${code}</code></td>
    <td>${answers[code].status}</td>
    <td>${answers[code].sentence}</td>
  </tr>`;

const tags = [...new Set(routes.map(({ tag }) => tag))];

const page = () =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Time bank: the API</title>
        <style>
          ${raw(style)}
        </style>
      </head>
      <body>
        <main>
          <h1>Time bank: the API</h1>
          <p>
            For machines: <a href="/api/openapi.json">openapi.json</a>. Minutes are whole; instants are UTC;
            region codes have 12 digits.
          </p>
          <p>
            Every command carries an id that its sender made and kept. Sent again with the same content it
            answers the same, with the header <code>Idempotency-Hit: true</code>; with other content it is
            refused.
          </p>
          ${tags.map(
            (tag) =>
              html`<section>
                <h2>${tag}</h2>
                ${routes.filter((route) => route.tag === tag).map(operation)}
              </section>`,
          )}
          <section>
            <h2>refusals</h2>
            <p>In order of precedence: where several hold, the first is given.</p>
            <table>
              <thead>
                <tr>
                  <th scope="col">Code</th>
                  <th scope="col">Status</th>
                  <th scope="col">Meaning</th>
                </tr>
              </thead>
              <tbody>
                ${refusalCodes.map(refusalRow)}
              </tbody>
            </table>
          </section>
          <section>
            <h2>shapes</h2>
            ${Object.entries(openApiDocument().components.schemas).map(
              ([name, schema]) =>
                html`<article id="${name}">
                  <h3>${name}</h3>
                  ${block(schema)}
                </article>`,
            )}
          </section>
        </main>
      </body>
    </html>`;

/** Answers the page. */
export const docsPage = (c: Context) => {
  c.header('Content-Security-Policy', policy);
  return c.html(page());
};
