"""Claims x agreements -> incidents, assessments, ratings. Pure."""
