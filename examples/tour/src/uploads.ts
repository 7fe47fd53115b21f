import { basename } from 'node:path';
import { abort, Microdot, type Request, redirect, sendFile } from '@microdot/core';
import { FileUpload, FormDataIter } from '@microdot/multipart';
import { type Html, html } from './html.ts';
import { page, stop, type Tour } from './layout.ts';
import { excerpt } from './source.ts';
import { UPLOAD_LIMITS, type Upload, uploadStore } from './uploadStore.ts';

const FILE = 'uploads.ts';

/** Files that people send, for an hour. */
export const uploads = new Microdot<Tour>();

let underway = 0;

// #region upload
uploads.post('', async (request) => {
  if (underway >= UPLOAD_LIMITS.formsAtOnce) abort(503);
  underway++;
  const saved = new Map<string, string>();
  try {
    await receive(request, saved);
    await uploadStore.add([...saved].map(([id, name]) => ({ id, name })));
  } catch (error) {
    // One that is too large, or a client that has left: what was saved until then is nobody's.
    await uploadStore.remove(saved.keys());
    throw error;
  } finally {
    underway--;
  }
  if (saved.size === 0) return show(request, 'Choose a file first.');
  return redirect(`${request.urlPrefix}#files`, 303);
});

/** From the network to the disk, piece by piece: no file is ever in memory. */
async function receive(request: Request<Tour>, saved: Map<string, string>): Promise<void> {
  await uploadStore.prepare();
  const { file: maxFileSize, filesAtOnce: maxFiles } = UPLOAD_LIMITS;
  for await (const [, value] of new FormDataIter(request, { maxFileSize, maxFiles, maxFields: 5 })) {
    // Where no file was chosen there is one without a name.
    if (!(value instanceof FileUpload) || value.filename === '') continue;
    const path = await value.save({ directory: uploadStore.folder });
    saved.set(basename(path), value.filename);
  }
}
// #endregion

// #region download
uploads.get('/<id>', async (_request, { id }) => {
  const { name } = (await uploadStore.list()).find((upload) => upload.id === id) ?? abort(404);
  const response = sendFile(id, {
    root: uploadStore.folder,
    contentType: 'application/octet-stream',
    maxAge: 0,
  });
  // A page that a stranger has sent is saved, and must not run as one of ours (RFC 6266, RFC 8187).
  response.headers.set('Content-Disposition', `attachment; filename*=UTF-8''${encode(name)}`);
  return response;
});

function encode(name: string): string {
  return encodeURIComponent(name).replace(/['()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16)}`);
}
// #endregion

uploads.get('', (request) => show(request));

async function show(request: Request<Tour>, problem?: string) {
  const list = await uploadStore.list();
  const { file, filesAtOnce, files } = UPLOAD_LIMITS;
  const main = html`<section class="intro">
<h1>Uploads<span class="dot"></span></h1>
<p class="lede">Up to ${filesAtOnce} files, and ${sizeText(file)} together. They stay for an hour, or until ${files} newer ones are here.</p>
</section>
<div class="book">
<form class="sign" method="post" action="/uploads" enctype="multipart/form-data" data-upload data-max="${file}" aria-labelledby="send">
<h2 id="send">Send some</h2>
${problem && html`<p class="problems" role="alert">${problem}</p>`}
<p class="field">
<label for="files-to-send">Files</label>
<input id="files-to-send" name="files" type="file" multiple required>
</p>
<button class="button">Send</button>
</form>
<section class="entries" aria-labelledby="files">
<h2 id="files">${list.length === 0 ? 'No files' : list.length === 1 ? '1 file' : `${list.length} files`}</h2>
${list.length > 0 ? html`<ol class="uploads">${list.map(row)}</ol>` : html`<p class="empty">Nobody has sent any.</p>`}
</section>
</div>
${SOURCES}`;
  return page(
    request,
    { title: 'Uploads', file: FILE, statusCode: problem ? 422 : 200, script: 'uploads.js' },
    main,
  );
}

function row({ id, name, size, sentAt }: Upload): Html {
  return html`<li><a href="/uploads/${id}"><bdi>${name}</bdi></a> <span>${sizeText(size)}</span> <time datetime="${sentAt}" data-short>${sentAt.slice(11, 16)} UTC</time></li>`;
}

function sizeText(bytes: number): string {
  const power = bytes === 0 ? 0 : Math.min(3, Math.floor(Math.log2(bytes) / 10));
  const size = bytes / 1024 ** power;
  return `${size < 10 && power > 0 ? size.toFixed(1) : Math.round(size)} ${['bytes', 'KB', 'MB', 'GB'][power]}`;
}

const SOURCES = [
  stop(
    'A file is a stream',
    html`<p>The parts of the form come one after the other, and no more is read from the network than the disk has taken. 50 MB need as much memory as 50 KB.</p>`,
    excerpt(FILE, 'upload'),
  ),
  stop(
    'Not forever',
    html`<p>There are bounds on all of it: how large, how many, how many at once, how long.</p>`,
    excerpt('uploadStore.ts', 'clean'),
  ),
  stop(
    'And back again',
    html`<p>What a stranger calls a file is shown, and never a path. What is in it is saved, and never run.</p>`,
    excerpt(FILE, 'download'),
  ),
];
