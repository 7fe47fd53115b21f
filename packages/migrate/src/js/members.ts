/** What an expression may be; `classes` are `Request` and the like themselves. */
export type Kind = 'application' | 'request' | 'response' | 'classes' | 'client';

/** What 1.x code in Python's spelling asks an application, a request and a response for. */
export const MEMBERS: Readonly<Record<Kind | 'options', ReadonlySet<string>>> = {
  application: new Set(
    `before_request after_request after_error_request error_handler errorhandler start_server dispatch_request
     options_handler url_map`.split(/\s+/),
  ),
  request: new Set(
    `client_addr query_string content_length content_type http_version url_args url_prefix after_request`.split(
      ' ',
    ),
  ),
  response: new Set('set_cookie delete_cookie status_code is_head'.split(' ')),
  /** Attributes of the classes themselves. */
  classes: new Set(
    `max_content_length max_body_length max_readline default_content_type types_map default_send_file_max_age
     send_file_buffer_size already_handled register_type`.split(/\s+/),
  ),
  client: new Set(),
  options: new Set(
    `status_code content_type max_age file_extension url_prefix http_only same_site allowed_origins allow_credentials
     allowed_methods expose_headers allowed_headers handle_cors secret_key cookie_options`.split(/\s+/),
  ),
};

/** What 2.x has no more, by Python's spelling. */
export const GONE: Readonly<Record<string, string>> = {
  socket_read_timeout: 'Nothing reads Request.socketReadTimeout: requestTimeout is an option of app.run.',
  stream_used: '2.x has no request.streamUsed: body and stream may both be read.',
  sock: 'request.sock is gone: request.transport is what a protocol offers.',
  shutdown_requested: 'app.shutdownRequested is gone: await app.run() ends when the server has shut down.',
};
