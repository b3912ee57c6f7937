METRICS_CONFIG = {
    "system": {
        "enabled": True,
        "collection_interval": 30,
        "metrics": ["cpu", "memory", "disk", "network"]
    },
    "business": {
        "enabled": True,
        "collection_interval": 60,
        "metrics": ["missions", "safety_events", "telemetry"]
    },
    "performance": {
        "enabled": True,
        "collection_interval": 10,
        "metrics": ["api_response_time", "database_performance", "cache_performance"]
    },
    "custom": {
        "enabled": True,
        "buffer_size": 1000,
        "flush_interval": 60
    }
}
