/** Defaults of `EksCluster`: private endpoint, all logs, encrypted secrets, access entries only. */
import { IpFamily } from "../core/handles";
import { AuthenticationMode, ControlPlaneLog, SupportType } from "./arguments";
import type { EksClusterArgs } from "./arguments";

/** Defaults by field; the comment on each field of `EksClusterArgs` explains it. */
export const EKS_DEFAULTS = Object.freeze({
    privateAccess: true,
    publicAccess: false,
    ipFamily: IpFamily.Ipv4 as IpFamily,
    logTypes: Object.freeze(Object.values(ControlPlaneLog)) as readonly ControlPlaneLog[],
    logRetentionDays: 90,
    encryption: true,
    keyDeletionWindowDays: 30,
    authenticationMode: AuthenticationMode.Api as AuthenticationMode,
    supportType: SupportType.Standard as SupportType,
});

/** Authentication mode in force. */
export function authenticationMode(args: EksClusterArgs): AuthenticationMode {
    return args.access.authenticationMode ?? EKS_DEFAULTS.authenticationMode;
}

/** Whether access entries are read. */
export function readsAccessEntries(mode: AuthenticationMode): boolean {
    return mode !== AuthenticationMode.ConfigMap;
}

/** Whether the aws-auth ConfigMap is read. */
export function readsConfigMap(mode: AuthenticationMode): boolean {
    return mode !== AuthenticationMode.Api;
}

/** Address family in force. */
export function ipFamily(args: EksClusterArgs): IpFamily {
    return args.ipFamily ?? EKS_DEFAULTS.ipFamily;
}
