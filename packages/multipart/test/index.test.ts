import { expect, it } from '@jest/globals';
import * as entry from '@microdot/multipart';

it('exports what its documentation names, and nothing else', () => {
  expect(Object.keys(entry).sort()).toEqual(['FileUpload', 'FormDataIter', 'fileList', 'withFormData']);
});
