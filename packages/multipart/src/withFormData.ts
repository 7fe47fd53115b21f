import {
  type Globals,
  type Handler,
  type HandlerResult,
  type Maybe,
  MultiDict,
  type Request,
} from '@microdot/core';
import { FileUpload } from './fileUpload.ts';
import { FormDataIter, isMultipart } from './formDataIter.ts';
import { checkOptions, type FormDataOptions } from './limits.ts';

export interface WithFormDataOptions extends FormDataOptions {
  /** The largest file that is kept in memory, in bytes; `FileUpload.maxMemorySize` by default. Larger ones go to the disk. */
  maxMemorySize?: number | undefined;
}

/** The files of a form by name, without a prototype: the first one of each name. See {@link fileList}. */
export type FileRecord = Readonly<Record<string, FileUpload>>;

/** A request whose multipart form has been read. Where it is no multipart form, `form` is what it ever was, and there are no `files`. */
export type FormRequest<G = Globals> = Request<G> & { readonly files: FileRecord | undefined };

/** Handles a request with a form. */
export type FormDataHandler<Args = Record<never, never>, G = Globals> = (
  request: FormRequest<G>,
  args: Args,
) => Maybe<HandlerResult>;

/**
 * Reads the multipart form of a request before its handler runs: the fields are in `request.form`, the files in `request.files`.
 * Microdot's `with_form_data`.
 *
 * ```ts
 * app.post('/people/<int:id>', withFormData(async (request, { id }) => {
 *   const photo = request.files?.photo ?? abort(400, 'A person needs a photo');
 *   await photo.save(`photos/${id}.jpg`);
 *   return { name: request.form?.get('name') };
 * }));
 * ```
 *
 * The files are closed when the handler has ended, however it ends.
 *
 * @throws MicrodotError `INVALID_OPTION` where an option is no limit.
 */
export function withFormData<Args, G>(handler: FormDataHandler<Args, G>): Handler<Args, G>;
export function withFormData<Args, G>(
  options: WithFormDataOptions,
  handler: FormDataHandler<Args, G>,
): Handler<Args, G>;
export function withFormData<Args, G>(
  ...args: [FormDataHandler<Args, G>] | [WithFormDataOptions, FormDataHandler<Args, G>]
): Handler<Args, G> {
  const [options, handler] = args.length === 1 ? [{}, args[0]] : args;
  checkOptions(options);
  return (request, args) => {
    const formRequest = request as FormRequest<G>;
    return isMultipart(request) ? readForm(formRequest, args, handler, options) : handler(formRequest, args);
  };
}

/** All files that a form has under one name, as with `<input type="file" multiple>`, in their order. */
export function fileList<G>(request: Request<G>, name: string): FileUpload[] {
  return [...(lists.get(request)?.get(name) ?? [])];
}

const lists: WeakMap<object, Map<string, FileUpload[]>> = new WeakMap();

async function readForm<Args, G>(
  request: FormRequest<G>,
  args: Args,
  handler: FormDataHandler<Args, G>,
  { maxMemorySize, ...options }: WithFormDataOptions,
): Promise<HandlerResult> {
  const form = new MultiDict();
  const files = new Map<string, FileUpload[]>();
  const entries = new FormDataIter(request, options);
  try {
    for await (const [name, value] of entries) {
      if (value instanceof FileUpload) {
        const list = files.get(name) ?? [];
        files.set(name, list);
        list.push(await value.copy(maxMemorySize));
      } else {
        form.append(name, value);
      }
    }
    lists.set(request, files);
    request['~setForm'](form, firstOfEach(files));
    return await handler(request, args);
  } finally {
    await entries['~close']();
  }
}

function firstOfEach(files: ReadonlyMap<string, FileUpload[]>): Record<string, FileUpload> {
  const record: Record<string, FileUpload> = Object.create(null);
  for (const [name, [first]] of files) record[name] = first as FileUpload;
  return record;
}
