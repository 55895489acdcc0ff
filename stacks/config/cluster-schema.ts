/** Configuration of the control plane: `cluster`, `logging`, `access` and `addons`. */
import { z } from "zod";
import { IpFamily } from "../../components/core/handles";
import { AccessEntryType, AccessPolicy, AuthenticationMode, ControlPlaneLog, ResolveConflicts, SupportType } from "../../components/eks";
import { WorkloadIdentity } from "../../components/iam";
import { section, text, textMap, texts, whole } from "./fields";

/** Key `cluster`. */
export const clusterSchema = section("EksClusterArgs", {
    controlPlaneInIsolatedSubnets: z.boolean().optional(),
    endpoint: section("EksEndpointArgs", {
        privateAccess: z.boolean().optional(),
        publicAccess: z.boolean().optional(),
        publicAccessCidrs: texts.optional(),
        allowAnyAddress: z.boolean().optional(),
    }).optional(),
    serviceCidr: text.optional(),
    ipFamily: z.enum(IpFamily).optional(),
    roleArn: text.optional(),
    encryption: section("EksEncryptionArgs", {
        enabled: z.boolean().optional(),
        kmsKeyArn: text.optional(),
        deletionWindowDays: whole.optional(),
    }).optional(),
    deletionProtection: z.boolean().optional(),
    supportType: z.enum(SupportType).optional(),
    zonalShift: z.boolean().optional(),
    additionalSecurityGroupIds: texts.optional(),
    webhookPorts: z.array(whole).optional(),
    permissionsBoundary: text.optional(),
    kubeconfig: section("EksKubeconfigArgs", {
        roleArn: text.optional(),
        profile: text.optional(),
        environment: textMap.optional(),
    }).optional(),
});

/** Key `logging`. */
export const loggingSchema = section("EksLoggingArgs", {
    types: z.array(z.enum(ControlPlaneLog)).optional(),
    retentionDays: whole.optional(),
    kmsKeyArn: text.optional(),
});

const accessPolicy = section("AccessPolicyArgs", { policy: z.enum(AccessPolicy), namespaces: texts.optional() });

const accessEntry = section("AccessEntryArgs", {
    principalArn: text,
    type: z.enum(AccessEntryType).optional(),
    username: text.optional(),
    groups: texts.optional(),
    policies: z.array(accessPolicy).optional(),
});

/** Key `access`. */
export const accessSchema = section("EksAccessArgs", {
    authenticationMode: z.enum(AuthenticationMode).optional(),
    entries: z.record(z.string(), accessEntry).optional(),
    configMapRoles: z.array(section("ConfigMapRoleArgs", { roleArn: text, username: text, groups: texts })).optional(),
});

/** Key `addons`: add-ons by EKS name. */
export const addonsSchema = z.record(
    z.string(),
    section("EksAddonArgs", {
        version: text.optional(),
        configuration: z.record(z.string(), z.unknown()).optional(),
        resolveConflicts: z.enum(ResolveConflicts).optional(),
        preserve: z.boolean().optional(),
        identity: z.enum(WorkloadIdentity).optional(),
        roleArn: text.optional(),
    }),
);
