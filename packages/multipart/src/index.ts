// A form

// A file
export { FileUpload, type SaveOptions } from './fileUpload.ts';
export { FormDataIter, type FormDataRequest } from './formDataIter.ts';
export type { FormDataOptions } from './limits.ts';
export {
  type FileRecord,
  type FormDataHandler,
  type FormRequest,
  fileList,
  type WithFormDataOptions,
  withFormData,
} from './withFormData.ts';
