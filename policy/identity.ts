// Name and version of the pack. A test compares the version with package.json, from which the engine takes it.

/** Name of the pack. */
export const PACK_NAME = "aws-kubernetes";

/** Version of the pack. */
export const PACK_VERSION = "0.1.0";
