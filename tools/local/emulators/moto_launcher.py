"""Starts moto's server with what the product needs and moto lacks."""
import json
import sys

import bench_inventory
import moto_patches
from moto.moto_api._internal import urls as moto_api_urls
from moto.server import main


def inventory(request, full_url, headers):
    """Every thing every backend holds, as ids by kind; the bench compares it with the start."""
    return 200, {"Content-Type": "application/json"}, json.dumps(bench_inventory.collect())


if __name__ == "__main__":
    moto_api_urls.url_paths["{0}/moto-api/bench/inventory"] = inventory
    moto_patches.apply()
    main(sys.argv[1:])
