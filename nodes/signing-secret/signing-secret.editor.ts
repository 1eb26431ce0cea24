interface SigningSecret {
  name: string;
  scheme: string;
  tolerance: number;
  previousUntil: string;
  publicUrl: string;
  algorithm: string;
  encoding: string;
  header: string;
  prefix: string;
  template: string;
  timestampHeader: string;
  idHeader: string;
  keyEncoding: string;
}

RED.nodes.registerType<SigningSecret>('signing-secret', {
  category: 'config',
  defaults: {
    name: { value: '' },
    scheme: { value: 'standard-webhooks' },
    tolerance: { value: 300 },
    previousUntil: { value: '' },
    publicUrl: { value: '' },
    algorithm: { value: 'sha256' },
    encoding: { value: 'hex' },
    header: { value: '' },
    prefix: { value: '' },
    template: { value: '{{body}}' },
    timestampHeader: { value: '' },
    idHeader: { value: '' },
    keyEncoding: { value: 'utf8' },
  },
  credentials: { secret: { type: 'password' }, previousSecret: { type: 'password' } },
  label() {
    return this.name || this.scheme || 'signing-secret';
  },
});
