/**
 * Address of the cluster's DNS service: the tenth of the service range, as EKS and kubeadm both assign it
 * (https://docs.aws.amazon.com/eks/latest/userguide/troubleshooting.html).
 */
import { Address4, Address6 } from "ip-address";

/** `172.20.0.0/16` → `172.20.0.10`; `fd00:1::/108` → `fd00:1::a`. */
export function clusterDnsAddress(serviceCidr: string): string {
    if (Address4.isValid(serviceCidr)) {
        return Address4.fromBigInt(new Address4(serviceCidr).startAddress().bigInt() + 10n).address;
    }
    const network = new Address6(serviceCidr).startAddress();
    return Address6.fromBigInt(network.bigInt() + 10n).correctForm();
}
