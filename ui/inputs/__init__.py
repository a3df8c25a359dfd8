"""The ways to answer: choices, sliders, numbers, dates and words. Values in, ``changed`` out."""
