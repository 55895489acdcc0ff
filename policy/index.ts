// Entry of the policy pack: serves it to the engine, which reads the port from standard output. Nothing else may print there.
import { PolicyPack } from "@pulumi/policy";
import { PACK_NAME, packArgs } from "./pack";

new PolicyPack(PACK_NAME, packArgs());
