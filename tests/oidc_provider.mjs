// An OpenID-certified identity provider on loopback: `PORT=9400 OIDC_PROVIDER=file:///.../index.js node oidc_provider.mjs`.
// Its sign-in and consent pages are HTML forms that a test fills in.
const { Provider } = await import(process.env.OIDC_PROVIDER);
const issuer = `http://127.0.0.1:${process.env.PORT}`;
const MAIL = 'https://outlook.office.com/SMTP.Send';
const CODES = 'urn:ietf:params:oauth:grant-type:device_code';
const native = (client_id, grants = ['authorization_code', 'refresh_token', CODES]) => ({
  client_id, grant_types: grants, application_type: 'native', token_endpoint_auth_method: 'none',
  response_types: ['code'], redirect_uris: ['http://127.0.0.1/', 'http://localhost/'],
});
const LIVES = { short: 5, brief: 2 };
const provider = new Provider(issuer, {
  clients: [
    native('mailmerge'), native('short'), native('brief'), native('once', ['authorization_code']),
    { client_id: 'mail-server', client_secret: 'mail-server-secret', grant_types: [], response_types: [],
      redirect_uris: [], token_endpoint_auth_method: 'client_secret_basic' },
  ],
  pkce: { required: () => true },
  scopes: ['openid', 'offline_access', MAIL],
  features: {
    devInteractions: { enabled: true }, deviceFlow: { enabled: true }, revocation: { enabled: true },
    introspection: { enabled: true, allowedPolicy: () => true }, userinfo: { enabled: true },
  },
  claims: { openid: ['sub', 'email'] },
  findAccount: async (ctx, id) => ({ accountId: id, claims: async () => ({ sub: id, email: id }) }),
  ttl: {
    AccessToken: (ctx, token, client) => LIVES[client.clientId] || 3600,
    RefreshToken: 86400, DeviceCode: 600, Session: 3600, Grant: 86400, Interaction: 600, IdToken: 3600,
  },
  rotateRefreshToken: true,
  issueRefreshToken: async (ctx, client, code) =>
    client.grantTypeAllowed('refresh_token') && code.scopes.has('offline_access'),
});
provider.listen(Number(process.env.PORT), '127.0.0.1', () => console.log('ready'));
