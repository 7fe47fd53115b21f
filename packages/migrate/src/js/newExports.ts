/** What the packages of 2.x export, types included. */
export const newExports: Readonly<Record<string, ReadonlySet<string>>> = {
  '@microdot/core': new Set(
    `AcceptOptions AfterRequestHandler BeforeRequestHandler Body BodyStream Chunk ChunkSource CookieOptions ErrorClass
     ErrorHandler FileOptions GetOptions Globals HTTPException Handler HandlerResult HeaderList HeadersInit Limits Logger
     Maybe Microdot MicrodotError MicrodotOptions MountOptions MultiDict OptionsHandler PathArgs RawSocket Request
     RequestHeaders RequestInit Response ResponseHeaders RouteOptions SegmentTypeOptions SegmentTypes SendFileOptions
     Server ServerOptions StreamBody TlsOptions Transport URLPattern WebSocketChannel abort redirect sendFile`.split(
      /\s+/,
    ),
  ),
  '@microdot/cors': new Set(
    'AllowedOrigins CORS CORSApplication CORSOptions CORSRequest originTest'.split(' '),
  ),
  '@microdot/session': new Set(
    `Application MemoryStore MemoryStoreOptions SecretKey Session SessionDict SessionError SessionMethods SessionOptions
     SessionStore withSession`.split(/\s+/),
  ),
  '@microdot/websocket': new Set(
    `AllowedOrigins Message WebSocket WebSocketError WebSocketHandler WebSocketOptions upgradeWebSocket
     withWebSocket`.split(/\s+/),
  ),
  '@microdot/test-client': new Set(
    `Application ClientScript Cookie CookieJar CookieUrl FormInit Message RequestBody RequestOptions ServerSentEvent
     StreamedResponse TestClient TestClientError TestClientOptions TestResponse TestWebSocket
     WebSocketOptions`.split(/\s+/),
  ),
};
