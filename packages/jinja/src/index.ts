// Templates

// What they are made with
export { type AutoescapeTest, type SelectAutoescapeOptions, selectAutoescape } from './autoescape.ts';
export { Environment } from './environment.ts';
// Errors
export {
  AsyncValueError,
  FilterArgumentError,
  JinjaError,
  type JinjaErrorCode,
  LimitError,
  PyArithmeticError,
  PyAssertionError,
  PyLookupError,
  PyRuntimeError,
  PySyntaxError,
  PyTypeError,
  PyValueError,
  TemplateAssertionError,
  TemplateNotFound,
  TemplateRuntimeError,
  TemplateSyntaxError,
  TemplatesNotFound,
  UndefinedError,
} from './errors.ts';
export type { Translations } from './i18n.ts';

// Where they come from
export { DictLoader } from './loaders/dictLoader.ts';
export { DirectoryLoader } from './loaders/directoryLoader.ts';
export type { LoadedSource, Loader, TagExtension } from './nunjucks.ts';
export type { EnvironmentOptions, FilterFunction } from './options.ts';
export { precompile } from './precompile.ts';
export { RenderableTemplate } from './renderableTemplate.ts';
export type { RenderContext } from './runtime/context.ts';
export { toMarkup as escape } from './runtime/text.ts';
export { isMarkup, type Markup, markup } from './runtime/values.ts';
export { Template } from './template.ts';
