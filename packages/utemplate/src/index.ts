// Templates
export { type Bounds, BoundTemplate } from './boundTemplate.ts';
export { Environment } from './environment.ts';
// Errors
export {
  type Place,
  PythonError,
  type PythonErrorName,
  TemplateError,
  type TemplateErrorCode,
} from './errors.ts';
// Text that is HTML already
export { escapeHtml, SafeString } from './safe.ts';
export type { EnvironmentOptions, Syntax, TemplateOptions } from './settings.ts';
export { Template } from './template.ts';
