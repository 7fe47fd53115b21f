// Shows how far an upload is, and what went wrong without leaving the page.

for (const form of document.querySelectorAll('[data-upload]')) {
  const progress = document.createElement('progress');
  const status = document.createElement('p');
  progress.max = 1;
  progress.setAttribute('aria-label', 'Sent so far');
  status.className = 'hint';
  status.setAttribute('role', 'status');

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const bytes = [...form.elements.files.files].reduce((sum, { size }) => sum + size, 0);
    if (bytes > form.dataset.max) {
      form.append(status);
      status.textContent = PROBLEMS[413];
      return;
    }
    const request = new XMLHttpRequest();
    const button = form.querySelector('button');
    button.disabled = true;
    form.append(progress, status);
    request.upload.addEventListener('progress', ({ loaded, total }) => {
      progress.value = loaded / total;
      status.textContent = `${Math.floor((100 * loaded) / total)} %`;
    });
    request.addEventListener('loadend', () => {
      button.disabled = false;
      if (request.status === 200) {
        location.assign('/uploads');
      } else {
        progress.remove();
        status.textContent = PROBLEMS[request.status] ?? 'It did not arrive. Try again.';
      }
    });
    request.open('POST', form.action);
    request.send(new FormData(form));
  });
}

const PROBLEMS = {
  413: 'That is more than what is accepted here.',
  503: 'Too many are sending just now. Try again in a moment.',
};
