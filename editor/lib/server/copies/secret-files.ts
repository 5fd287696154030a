/** What the data folder keeps beside the store: the key that signs checkpoints, and what encrypts second factors. */
export const SECRET_FILES = ['checkpoint-key.pem', 'session-secret'] as const;
